"""The key of backups: from the environment, or a file that is made on first use."""

import hashlib
from pathlib import Path

from django.conf import settings

from holdgood.operations.backups.sealed import UnableToOpen
from holdgood.trail import keys


def name(secret: bytes) -> str:
    """By which a backup says what it was sealed with: it tells nothing of the secret."""
    return hashlib.sha256(b"holdgood backup key" + secret).hexdigest()[:12]


def sealing() -> bytes:
    """The key for new backups."""
    return _given() or keys.load(settings.BACKUP_KEYS)[-1].secret


def opening(wanted: str) -> bytes:
    """The key of that name, if it is here."""
    for secret in held():
        if name(secret) == wanted:
            return secret
    raise UnableToOpen(
        f"The backup was sealed with the key {wanted}, which is not here. Set HOLDGOOD_BACKUP_KEY to it, or put the "
        f"file of that time back as {settings.BACKUP_KEYS}. Without the key nobody can open the backup."
    )


def held() -> list[bytes]:
    """All keys that are here. Asking makes none."""
    found = [_given()] if _given() else []
    if Path(settings.BACKUP_KEYS).exists():
        found += [key.secret for key in keys.load(settings.BACKUP_KEYS)]
    return found


def made_here() -> bool:
    """Whether the key is a file of this machine, which must be copied elsewhere."""
    return not settings.HOLDGOOD_BACKUP_KEY


def _given() -> bytes:
    return bytes.fromhex(settings.HOLDGOOD_BACKUP_KEY)
