"""What one may be allowed to do. A role is a set of these; pages, actions, lists and exports ask for one by name."""

from enum import StrEnum


class Permission(StrEnum):
    """Named domain and verb. A permission is held at a place and everything below it."""

    PLACE_VIEW = "place.view"
    PLACE_CHANGE = "place.change"
    ROLE_VIEW = "role.view"
    ROLE_GIVE_EVERYDAY = "role.give-everyday"
    ROLE_GIVE_SENIOR = "role.give-senior"
    ROLE_GIVE_ADMINISTRATOR = "role.give-administrator"
    ACCESS_REVIEW = "access.review"
    PERSON_VIEW = "person.view"
    PERSON_CHANGE = "person.change"
    COVER_SET = "cover.set"
    SHARE_VIEW = "share.view"
    SHARE_GIVE = "share.give"
    TASK_VIEW = "task.view"
    TASK_CHANGE = "task.change"
    MEASURE_VIEW = "measure.view"
    MEASURE_DEFINE = "measure.define"
    TARGET_SET = "target.set"
    OBSERVATION_ADD = "observation.add"
    OBSERVATION_IMPORT = "observation.import"
    NOTE_ADD = "note.add"
    REBASE = "measure.rebase"
    TRAIL_VIEW = "trail.view"
    JOB_VIEW = "job.view"
    JOB_DECIDE = "job.decide"

    @property
    def is_view(self) -> bool:
        """Reads and changes nothing: what an auditor may have, and what a share passes on."""
        return self.value.endswith(".view")


WORDS: dict[Permission, str] = {
    Permission.PLACE_VIEW: "see places and what is known of them",
    Permission.PLACE_CHANGE: "open, change, move, merge and close places",
    Permission.ROLE_VIEW: "see who holds which role",
    Permission.ROLE_GIVE_EVERYDAY: "give and end the everyday roles of a ward or team",
    Permission.ROLE_GIVE_SENIOR: "give and end the roles of leads, analysts, directors, auditors and partners",
    Permission.ROLE_GIVE_ADMINISTRATOR: "give and end the role of administrator",
    Permission.ACCESS_REVIEW: "review each quarter who may still do what",
    Permission.PERSON_VIEW: "see the people who have accounts",
    Permission.PERSON_CHANGE: "invite people, change their contact data, stop and restart accounts",
    Permission.COVER_SET: "set cover for somebody else",
    Permission.SHARE_VIEW: "see what is shared with whom",
    Permission.SHARE_GIVE: "share a thing with another place or person, and end it",
    Permission.TASK_VIEW: "see what is asked of whom in the area",
    Permission.TASK_CHANGE: "ask something of somebody in the area, and pass it on",
    Permission.MEASURE_VIEW: "see measures, charts and the rows behind them",
    Permission.MEASURE_DEFINE: "take measures from the catalogue, define and change them",
    Permission.TARGET_SET: "set targets and trajectories",
    Permission.OBSERVATION_ADD: "enter observations",
    Permission.OBSERVATION_IMPORT: "bring in observations from files, and undo that",
    Permission.NOTE_ADD: "note what happened, on a chart",
    Permission.REBASE: "start a new average, and set a point aside",
    Permission.TRAIL_VIEW: "see who did what and when",
    Permission.JOB_VIEW: "see background work and the state of the service",
    Permission.JOB_DECIDE: "run again or discard background work that was given up",
}
