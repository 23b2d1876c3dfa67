"""The keys that sign the trail: a file outside the database, oldest first; the last one signs."""

import os
import secrets
from pathlib import Path

from holdgood.trail.chain import Key


def load(path: Path) -> list[Key]:
    """Keys of a file of lines `name secret-in-hex`; it is made with one key on first use, for its owner alone."""
    if not path.exists():
        rotate(path)
    keys = []
    for line in path.read_text(encoding="ascii").splitlines():
        name, _, secret = line.partition(" ")
        keys.append(Key(name, bytes.fromhex(secret)))
    return keys


def rotate(path: Path) -> Key:
    """Add a key that signs from now on; older ones stay, to check what they signed."""
    known = len(path.read_text(encoding="ascii").splitlines()) if path.exists() else 0
    made = Key(f"k{known + 1}", secrets.token_bytes(32))
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(file, "w", encoding="ascii") as lines:
        lines.write(f"{made.name} {made.secret.hex()}\n")
        lines.flush()
        os.fsync(lines.fileno())
    return made


def named(keys: list[Key], name: str) -> Key:
    """The key of a name that is there."""
    return next(key for key in keys if key.name == name)
