"""Every write about people. Whether the one who asks may is decided above, in `places`: this app knows no roles."""

from holdgood.people.actions.accounts import (
    InvitationOver,
    UnableToEnrol,
    accept,
    change_contact,
    enrol,
    enrol_many,
    invite,
    restart,
    send_invitation,
    set_end,
    stop,
    tour_taken,
)
from holdgood.people.actions.factors import recover_second_factor, rotate
from holdgood.people.actions.personal import drop_contact, export_person, forget_person
from holdgood.people.actions.sessions import end_other_sessions, end_session

__all__ = [
    "InvitationOver",
    "UnableToEnrol",
    "accept",
    "change_contact",
    "drop_contact",
    "end_other_sessions",
    "end_session",
    "enrol",
    "enrol_many",
    "export_person",
    "forget_person",
    "invite",
    "recover_second_factor",
    "restart",
    "rotate",
    "send_invitation",
    "set_end",
    "stop",
    "tour_taken",
]
