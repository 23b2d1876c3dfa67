"""Who may see what of whom: said a second time, by hand, so that the program's answers can be held against it."""

ALL_OF_A = {"AT", "A1", "A2", "TEAM"}
A1_AND_BELOW = {"A1", "TEAM"}

AREAS: dict[str, set[str]] = {  # where one's roles reach
    "owner": ALL_OF_A,
    "staff": ALL_OF_A,
    "auditor": ALL_OF_A,
    "director": ALL_OF_A,
    "manager": A1_AND_BELOW,
    "deputy": A1_AND_BELOW,
    "reader": A1_AND_BELOW,
    "neighbour": {"A2"},
    "child": {"TEAM"},
    "joint": ALL_OF_A | {"SYS", "B"},
    "stranger": {"B"},
    "partner": set(),
    "ended": set(),
    "nobody": set(),
}
ABOVE: dict[str, set[str]] = {  # places whose names stand over one's own
    "owner": {"SYS"},
    "staff": {"SYS"},
    "auditor": {"SYS"},
    "director": {"SYS"},
    "manager": {"AT", "SYS"},
    "deputy": {"AT", "A1", "SYS"},
    "reader": {"AT", "SYS"},
    "neighbour": {"AT", "SYS"},
    "child": {"A1", "AT", "SYS"},
    "stranger": {"SYS"},
}
READERS = {"staff", "reader", "child"}  # see measures and places, not who holds roles or what is asked
PEOPLE = {"owner", "auditor", "stranger"}  # see people with their addresses, shares, the trail and the service
REVIEWERS = {"owner", "stranger"}
SHARED = {  # what the partner sees of A1's chart
    ("AT", "measure"), ("AT", "place"), ("AT", "person"), ("A1", "place"), ("A1", "series"), ("A1", "observation"),
}  # fmt: skip
SHARES = {("partner", "A1"), ("joint", "B")}  # whom something is shared with knows of that share

KINDS = {  # what ids are of, as canaries call it
    "holding": "role", "decision": "review", "spell": "place",
}  # fmt: skip


def may_see(person: str, owner: str, kind: str) -> bool:
    kind = KINDS.get(kind, kind)
    area = owner in AREAS[person]
    if kind.startswith("person of "):
        return kind.removeprefix("person of ") == person or may_see(person, owner, "person")
    if kind == "place":
        return area or owner in ABOVE.get(person, ()) or (person == "partner" and (owner, kind) in SHARED)
    if kind == "measure":  # what the trust measures is known to all who work in it
        return area or (owner in ABOVE.get(person, ())) or (person == "partner" and (owner, kind) in SHARED)
    if kind in ("series", "observation", "note", "batch"):
        return area or (person == "partner" and (owner, kind) in SHARED)
    if kind == "target":  # one that is set above holds below
        return area or owner in ABOVE.get(person, ())
    if kind == "person":  # who set the trust's targets is told to those who read them
        return area or owner in ABOVE.get(person, ()) or (person == "partner" and (owner, kind) in SHARED)
    if kind in ("role", "task", "cover"):
        return area and person not in READERS
    if kind in ("contact", "trail"):
        return area and person in PEOPLE
    if kind == "share":
        return (area and person in PEOPLE) or (person, owner) in SHARES
    if kind == "review":
        return area and person in REVIEWERS
    if kind == "job":
        return person in PEOPLE
    return False  # letters, sessions, and whatever is not known here: nobody
