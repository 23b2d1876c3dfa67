"""Who sees which pages of this app."""

from holdgood.places.access import Actor
from holdgood.places.permissions import Permission

ANY = (Permission.JOB_VIEW, Permission.TRAIL_VIEW)


def by(actor: Actor) -> bool:
    """Whether somebody has anything to see here at all."""
    return any(actor.may_anywhere(permission) for permission in ANY)
