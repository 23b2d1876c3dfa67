"""Secrets of second factors, sealed with keys outside the database, and each to the person whose it is."""

import base64
import binascii
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from holdgood.trail import keys

NONCE = 12  # bytes, as AES-GCM wants them

_whose: ContextVar[str] = ContextVar("whose")


class UnableToOpen(ValueError):
    """The key is not in the file, or what is sealed was changed, or it was sealed for somebody else."""


def seal(text: str, person: str) -> str:
    """`key:base64`, sealed with the newest key. The person is part of the seal: a row that is moved does not open."""
    key = keys.load(settings.PEOPLE_KEYS)[-1]
    nonce = os.urandom(NONCE)
    sealed = nonce + AESGCM(key.secret).encrypt(nonce, text.encode(), person.encode())
    return f"{key.name}:{base64.b64encode(sealed).decode()}"


def unseal(sealed: str, person: str) -> str:
    name, _, text = sealed.partition(":")
    try:
        key = keys.named(keys.load(settings.PEOPLE_KEYS), name)
        whole = base64.b64decode(text, validate=True)
        return AESGCM(key.secret).decrypt(whole[:NONCE], whole[NONCE:], person.encode()).decode()
    except StopIteration:
        raise UnableToOpen(f'{settings.PEOPLE_KEYS} has no key "{name}": put back the file of that time.') from None
    except (InvalidTag, binascii.Error, ValueError):
        raise UnableToOpen(f'What key "{name}" sealed for this person does not open: it was changed.') from None


def is_old(sealed: str) -> bool:
    """Sealed with a key that is no longer the newest."""
    return sealed.partition(":")[0] != keys.load(settings.PEOPLE_KEYS)[-1].name


@contextmanager
def of(person: str) -> Iterator[None]:
    """Whose secrets are handled in this block, while nobody is signed in yet."""
    token = _whose.set(person)
    try:
        yield
    finally:
        _whose.reset(token)


def whose() -> str:
    return _whose.get("")
