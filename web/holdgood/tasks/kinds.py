"""The table of kinds of task: an app registers at start-up what it asks for, and where one does it."""

from collections.abc import Callable
from dataclasses import dataclass

from holdgood.tasks.models import Task

Address = Callable[[Task], str]


@dataclass(frozen=True)
class TaskKind:
    """`address` is where the one thing is done that is asked; without one, on the task's own page."""

    name: str
    noun: str  # over its title: Numbers, Risk, Idea
    verb: str  # on its button: Enter, Review, Answer
    address: Address | None = None


PLAIN = TaskKind("plain", "Request", "Answer")
KINDS: dict[str, TaskKind] = {PLAIN.name: PLAIN}


def register(kind: TaskKind) -> None:
    """Called from an app's `ready`; the same name again takes the place of the first."""
    KINDS[kind.name] = kind


def of(task: Task) -> TaskKind:
    """The kind of a task; one whose app is gone is a plain request."""
    return KINDS.get(task.kind, PLAIN)
