"""All gains in one sentence: how many hold, slip, are lost, and how many cannot be told."""

from collections.abc import Sequence

# Statuses, and words for one and for more.
GROUPS = (
    (("established", "holding", "improving"), "{} holds", "{} hold"),
    (("slipping",), "{} is slipping", "{} are slipping"),
    (("lost",), "{} was lost", "{} were lost"),
    (("claimed", "signalled"), "{} cannot be told yet", "{} cannot be told yet"),
    (("not_shown",), "{} did not show", "{} did not show"),
    (("unwatched",), "{} is unwatched", "{} are unwatched"),
    (("withdrawn",), "{} was withdrawn", "{} were withdrawn"),
)
# The order in which a person should come to gains.
URGENCY = (
    *("slipping", "lost", "unwatched", "signalled", "claimed", "established", "holding", "improving"),
    *("not_shown", "withdrawn"),
)


def count(statuses: Sequence[str]) -> str:
    """
    >>> count(["holding", "lost", "improving", "claimed"])
    'Of 4 claims of improvement, 2 hold, 1 was lost and 1 cannot be told yet.'
    """
    parts = []
    for group, one, more in GROUPS:
        number = sum(statuses.count(status) for status in group)
        if number:
            parts.append((one if number == 1 else more).format(f"{number:,}"))
    claims = f"Of {len(statuses):,} claim{'' if len(statuses) == 1 else 's'} of improvement"
    if not parts:
        return "There is no claim of improvement."
    said = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"{claims}, {said}."
