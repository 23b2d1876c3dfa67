"""What the front page offers to one who is not signed in."""

from collections.abc import Callable

cast_at: Callable[[], str] | None = None  # the demonstration says at start-up where its cast are
