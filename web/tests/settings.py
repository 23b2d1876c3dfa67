"""Settings of a test run: data in a folder of its own, made before anything else is read."""

import os
import tempfile

os.environ["HOLDGOOD_DATA"] = tempfile.mkdtemp(prefix="holdgood-test-")

from holdgood.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
