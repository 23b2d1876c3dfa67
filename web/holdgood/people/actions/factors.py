"""Second factors: losing one, and the keys that they are sealed with."""

import datetime as dt
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction

from holdgood.people import keys, letters
from holdgood.people.actions.sessions import end_all
from holdgood.people.actions.telling import tell
from holdgood.people.models import User
from holdgood.trail import actions as trail
from holdgood.trail import keys as key_file

SEALED = ("secret", "seed")


@transaction.atomic
def recover_second_factor(*, user: User, by: str, chain: str, at: dt.datetime, reason: str) -> int:
    """Remove the factors of somebody who lost theirs, after whoever asks has made sure who they are; a letter tells."""
    removed: int = Authenticator.objects.filter(user=user).delete()[0]
    end_all(user)
    letters.second_factor_recovered(user, at=at)
    tell("people.second-factor.recovered", user, by=by, chain=chain, at=at, old={"factors": removed}, reason=reason)
    return removed


def rotate(*, by: str, at: dt.datetime) -> int:
    """Make a new key and seal every second factor with it. Older keys stay in the file: backups need them."""
    made = key_file.rotate(settings.PEOPLE_KEYS)
    with transaction.atomic():
        rows = Authenticator.objects.select_for_update().exclude(type=Authenticator.Type.WEBAUTHN)
        sealed = sum(_seal_again(row) for row in rows.order_by("pk"))
        new = {"key": made.name, "sealed": sealed}
        trail.record(chain="people", event="people.keys.rotated", by=by, at=at, new=new)
    return sealed


def _seal_again(row: Authenticator) -> bool:
    person = row.user_id.hex
    old: dict[str, Any] = {name: row.data[name] for name in SEALED if name in row.data}
    if not any(keys.is_old(value) for value in old.values()):
        return False
    row.data |= {name: keys.seal(keys.unseal(value, person), person) for name, value in old.items()}
    row.save(update_fields=["data"])
    return True
