"""How long a session lasts, and what becomes of it."""

import datetime as dt
from enum import StrEnum

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, login
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from holdgood.people.models import User

BEGAN, SEEN = "began", "seen"  # seconds since 1970
WRITTEN_EVERY = 60  # seconds: not at each request


class Over(StrEnum):
    """Why a session is over, as the next page says it."""

    OLD = "You were signed out, as you are after {hours} hours. Sign in to go on."
    IDLE = "You were signed out, as nothing was done for {minutes} minutes. Sign in to go on."
    GONE = "Your account has ended, or your sessions were ended. Ask an administrator of your organisation."

    @property
    def sentence(self) -> str:
        return self.format(hours=settings.HOLDGOOD_SESSION_HOURS, minutes=settings.HOLDGOOD_SESSION_IDLE_MINUTES)


def check(request: HttpRequest, at: dt.datetime) -> Over | None:
    """Whether the session goes on; if so, that it was seen is written, at most once a minute."""
    session = request.session
    if SESSION_KEY not in session:
        return None
    now = int(at.timestamp())
    began, seen = session.get(BEGAN, now), session.get(SEEN, now)
    if now - began > settings.HOLDGOOD_SESSION_HOURS * 3600:
        return Over.OLD
    if now - seen > settings.HOLDGOOD_SESSION_IDLE_MINUTES * 60:
        return Over.IDLE
    if not request.user.is_authenticated:
        return Over.GONE
    if BEGAN not in session or now - seen >= WRITTEN_EVERY:
        session[BEGAN], session[SEEN] = began, now
        UserSession.objects.filter(session_key=session.session_key).update(last_seen_at=at)
    return None


def end(request: HttpRequest) -> None:
    """Sign out without the words of a page."""
    unlist(request)
    request.session.flush()
    request.user = AnonymousUser()


def unlist(request: HttpRequest) -> None:
    UserSession.objects.filter(session_key=request.session.session_key).delete()


def begin(request: HttpRequest, at: dt.datetime) -> None:
    """After Django's login: time starts anew."""
    request.session[BEGAN] = request.session[SEEN] = int(at.timestamp())


def enter(request: HttpRequest, user: User, at: dt.datetime) -> None:
    """Sign somebody in who has shown in another way who they are: an invitation, the demonstration, the first start."""
    login(request, user, backend="holdgood.people.backends.Local")
    begin(request, at)
    UserSession.objects.create_from_request(request)


def renew(request: HttpRequest, user: User) -> None:
    """Take this one session along into the person's new round."""
    request.session[HASH_SESSION_KEY] = user.get_session_auth_hash()


def listed(request: HttpRequest, user: User) -> list[dict[str, object]]:
    """Where somebody is signed in, latest first, without those that have ended meanwhile."""
    rows = sorted(UserSession.objects.purge_and_list(user), key=lambda row: row.last_seen_at, reverse=True)
    return [
        {
            "id": row.pk,
            "device": device(row.user_agent),
            "begun": row.created_at,
            "seen": row.last_seen_at,
            "this": row.session_key == request.session.session_key,
        }
        for row in rows
    ]


def device(user_agent: str) -> str:
    """Browser and system in two words: what one recognises one's own devices by."""
    browsers = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
    systems = (
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    )
    browser = next((name for mark, name in browsers if mark in user_agent), "Another program")
    system = next((name for mark, name in systems if mark in user_agent), "")
    return f"{browser} on {system}" if system else browser
