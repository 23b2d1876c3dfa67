"""Is the trail whole? Every entry, its place in the chain, the end of each chain, and what was anchored outside."""

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from holdgood.trail import keys
from holdgood.trail.chain import Key, link, moment, signature
from holdgood.trail.models import Entry, Head

SIGNED = ("chain", "actor", "place", "event", "kind", "thing", "old", "new", "reason", "key", "seq")


@dataclass(frozen=True, slots=True)
class Fault:
    """Where a chain is not what was written."""

    chain: str
    seq: int
    what: str

    def __str__(self) -> str:
        return f"{self.chain}, entry {self.seq}: {self.what}"


def faults(known: list[Key], anchors: Path | None = None, *, using: str = "default") -> Iterator[Fault]:
    """What is wrong, chain by chain; nothing where all is well. `using`: the connection of a restored database."""
    chains = set(Head.objects.using(using).values_list("chain", flat=True)) | set(
        Entry.objects.using(using).values_list("chain", flat=True).distinct()
    )
    marked = _anchored(anchors)
    for chain in sorted(chains | set(marked)):
        yield from _of(chain, known, marked.get(chain, {}), using)


def _of(chain: str, known: list[Key], marked: dict[int, str], using: str) -> Iterator[Fault]:
    held = {key.name for key in known}
    expected, previous = 1, ""
    for entry in Entry.objects.using(using).of(chain).iterator(chunk_size=2000):
        if entry.seq != expected:
            yield Fault(chain, expected, f"is missing; the next one there is {entry.seq}.")
            return
        if entry.previous != previous:
            yield Fault(chain, entry.seq, "does not follow the one before it.")
            return
        if entry.key not in held:
            yield Fault(chain, entry.seq, f'names the key "{entry.key}", which is not in the key file.')
            return
        if not _exact(entry) or _hash(entry, known) != entry.hash:
            yield Fault(chain, entry.seq, "is not what was written.")
            return
        if marked.pop(entry.seq, entry.hash) != entry.hash:
            yield Fault(chain, entry.seq, "is not the one that was anchored outside the database.")
            return
        expected, previous = entry.seq + 1, entry.hash
    head = Head.objects.using(using).filter(pk=chain).first()
    if head is None or head.seq != expected - 1 or head.hash != previous:
        yield Fault(chain, expected, "is missing: entries were cut off the end, or its mark was changed.")
    elif head.seq and (head.key not in held or head.signature != _signature(head, known)):
        yield Fault(chain, head.seq, "is marked as the end by someone who does not hold the key.")
    elif marked:
        yield Fault(chain, min(marked), "was anchored outside the database and is missing.")


def _signature(head: Head, known: list[Key]) -> str:
    return signature(keys.named(known, head.key), head.chain, head.seq, head.hash)


def _exact(entry: Entry) -> bool:
    """Whether nothing stands there that signing would have evened out."""
    texts = (getattr(entry, name) for name in SIGNED if name != "seq")
    return entry.at.microsecond % 1000 == 0 and all(unicodedata.is_normalized("NFC", text) for text in texts)


def _hash(entry: Entry, known: list[Key]) -> str:
    fields = {name: getattr(entry, name) for name in SIGNED} | {"at": moment(entry.at)}
    return link(keys.named(known, entry.key), entry.previous, fields)


def anchor(path: Path) -> int:
    """Append the end of every chain to a file outside the database; how many there are."""
    heads = list(Head.objects.order_by("chain").values("chain", "seq", "hash"))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        for head in heads:
            file.write(json.dumps(head, sort_keys=True) + "\n")
    return len(heads)


def _anchored(path: Path | None) -> dict[str, dict[int, str]]:
    marked: dict[str, dict[int, str]] = {}
    if path is None or not path.exists():
        return marked
    for line in path.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        if one["seq"]:
            marked.setdefault(one["chain"], {})[one["seq"]] = one["hash"]
    return marked
