"""Roles, in plain English. Each is held at a place and everything below it; who may give one is itself a permission."""

from dataclasses import dataclass

from holdgood.places.permissions import Permission

P = Permission
EVERYDAY, SENIOR, TOP = P.ROLE_GIVE_EVERYDAY, P.ROLE_GIVE_SENIOR, P.ROLE_GIVE_ADMINISTRATOR


@dataclass(frozen=True, slots=True)
class Role:
    """What one who holds it is there for, may do, and who may give it."""

    code: str
    title: str
    description: str
    permissions: frozenset[P]
    given_with: P
    covered: bool = True  # whether a deputy has it while its holder is away


READER = {P.PLACE_VIEW, P.MEASURE_VIEW}
WATCHER = READER | {P.ROLE_VIEW, P.TASK_VIEW}

_ALL = (
    Role("staff", "Member of staff", "Sees measures and places.", frozenset(READER), EVERYDAY),
    Role(
        "ward-manager",
        "Ward or team manager",
        "Runs a ward or team: enters its numbers, notes what happened, asks its people, gives its everyday roles.",
        frozenset(WATCHER | {P.OBSERVATION_ADD, P.NOTE_ADD, P.TASK_CHANGE, P.COVER_SET, EVERYDAY}),
        SENIOR,
    ),
    Role(
        "coach",
        "Improvement coach",
        "Coaches teams: sees their measures, notes changes on charts.",
        frozenset(WATCHER | {P.NOTE_ADD, P.TASK_CHANGE}),
        SENIOR,
    ),
    Role(
        "qi-lead",
        "Lead for quality improvement",
        "Runs the programme: defines measures and targets, decides on new averages, shares joint work.",
        frozenset(
            WATCHER | {P.NOTE_ADD, P.REBASE, P.MEASURE_DEFINE, P.TARGET_SET, P.TASK_CHANGE, P.SHARE_VIEW, P.SHARE_GIVE}
        ),
        SENIOR,
    ),
    Role(
        "analyst",
        "Analyst",
        "Brings numbers in, defines measures, decides on new averages.",
        frozenset(
            WATCHER | {P.OBSERVATION_ADD, P.OBSERVATION_IMPORT, P.MEASURE_DEFINE, P.TARGET_SET, P.NOTE_ADD, P.REBASE}
        ),
        SENIOR,
    ),
    Role("assessor", "Assessor", "Visits places and sees their measures.", frozenset(READER), SENIOR),
    Role("patient-partner", "Patient partner", "Works with teams; sees their measures.", frozenset(READER), EVERYDAY),
    Role(
        "risk-lead",
        "Risk and governance lead",
        "Keeps risks and assurance true to the data: sees measures and who did what.",
        frozenset(WATCHER | {P.NOTE_ADD, P.TASK_CHANGE, P.TRAIL_VIEW}),
        SENIOR,
    ),
    Role("director", "Director or board member", "Sees everything of the area.", frozenset(WATCHER), SENIOR),
    Role(
        "hr-lead",
        "People and development lead",
        "Knows who works where: sees people and roles, and who is leaving.",
        frozenset(WATCHER | {P.PERSON_VIEW, P.TASK_CHANGE, P.OBSERVATION_ADD}),
        SENIOR,
    ),
    Role("partner", "Partner outside the trust", "Sees and does only what is shared.", frozenset(), SENIOR),
    Role(
        "auditor",
        "Auditor or regulator",
        "Reads everything, down to who entered a number; changes nothing.",
        frozenset(permission for permission in P if permission.is_view),
        SENIOR,
        covered=False,
    ),
    Role(
        "administrator",
        "Administrator",
        "Looks after places, people, roles and the service.",
        frozenset(
            WATCHER
            | {P.PLACE_CHANGE, P.PERSON_VIEW, P.PERSON_CHANGE, P.COVER_SET, P.ACCESS_REVIEW, P.SHARE_VIEW, P.SHARE_GIVE}
            | {EVERYDAY, SENIOR, TOP, P.TRAIL_VIEW, P.JOB_VIEW, P.JOB_DECIDE, P.MEASURE_DEFINE, P.TASK_CHANGE}
        ),
        TOP,
        covered=False,
    ),
)

ROLES: dict[str, Role] = {role.code: role for role in _ALL}


def granting(permission: P) -> frozenset[str]:
    """The roles that carry a permission."""
    return frozenset(role.code for role in _ALL if permission in role.permissions)
