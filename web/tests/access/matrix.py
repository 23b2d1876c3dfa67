"""Every page by the name of its URL: a sample address in ward A1, who may read it, who may send its form.

A page that is not here fails the crawl, and so does a line without a page.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from web.tests.access.ground import Ground

PEOPLE = (
    "owner", "manager", "neighbour", "staff", "auditor", "director", "stranger", "partner", "child", "deputy",
    "joint", "reader", "ended", "nobody",
)  # fmt: skip
SIGNED_IN = frozenset(PEOPLE) - {"ended", "nobody"}
ONE_S_OWN = "a signed-in person's own page"
PUBLIC = "open to all"

OWNER = frozenset({"owner"})
SEE = frozenset({"owner", "manager", "deputy", "staff", "auditor", "director", "joint", "reader"})  # ward A1
WATCH = SEE - {"staff", "reader"}  # see roles and tasks too
RUN = frozenset({"owner", "manager", "deputy"})  # ward manager of A1, or in their place
READ_ALL = frozenset({"owner", "auditor"})
SERVICE = READ_ALL | {"stranger"}  # the service is of no trust
WORK_SOMEWHERE = SIGNED_IN - {"partner"}
CHART = SEE | {"partner"}  # A1's chart is shared with the partner

Sample = Callable[[Ground], dict[str, Any]]


@dataclass(frozen=True)
class Page:
    """Of one URL: who may get it, who may post to it; `only` the methods it answers."""

    name: str
    get: frozenset[str] | str
    post: frozenset[str] | str | None = None  # as get
    kwargs: Sample = lambda _: {}
    only_post: bool = False
    answers: frozenset[int] = field(default=frozenset())  # beyond those of every page

    def may(self, person: str, method: str) -> bool:
        who = self.post if self.post is not None and method == "POST" else self.get
        if who == PUBLIC:
            return True
        return person in (SIGNED_IN if isinstance(who, str) else who)


def _place(ground: Ground) -> dict[str, Any]:
    return {"code": ground.places["A1"].code}


def _measure(ground: Ground) -> dict[str, Any]:
    return {**_place(ground), "slug": "falls"}


def _of(name: str, base: Sample = _place) -> Sample:
    return lambda ground: {**base(ground), "pk": ground.things["A1"][name].pk}


def _alone(name: str) -> Sample:
    return lambda ground: {"pk": ground.things["A1"][name].pk}


def _trust(ground: Ground) -> dict[str, Any]:
    return {"code": ground.places["AT"].code}


def _manager(ground: Ground) -> dict[str, Any]:
    return {"pk": ground.id("manager")}


def _holding(ground: Ground) -> dict[str, Any]:
    return {**_place(ground), "pk": ground.things["reader"]["holding"].pk}


def _job(ground: Ground) -> dict[str, Any]:
    return {"number": ground.job.pk}


def _period(ground: Ground) -> dict[str, Any]:
    return {**_measure(ground), "period": ground.things["A1"]["batch"].observations.order_by("period_on")[3].period_on}


def _key(_: Ground) -> dict[str, Any]:
    return {"pk": 4711}


def _own(name: str, **more: Any) -> Page:
    return Page(name, ONE_S_OWN, **more)


def _public(name: str, **more: Any) -> Page:
    return Page(name, PUBLIC, **more)


PAGES = (
    # home
    _public("front"),
    _public("start", answers=frozenset({404})),
    Page("area", SEE, kwargs=_place),
    _own("search"),
    _own("tour-away", only_post=True),
    _public("help"),
    # places
    Page("place-list", WORK_SOMEWHERE),
    Page("place", SEE, kwargs=_place),
    Page("place-open", OWNER, kwargs=_place),
    Page("place-change", OWNER, kwargs=_place),
    Page("place-move", OWNER, kwargs=_place),
    Page("place-close", OWNER, kwargs=_place),
    Page("role-list", WATCH, kwargs=_place),
    Page("role-give", RUN, kwargs=_place),
    Page("role-end", RUN, kwargs=_holding),
    Page("role-take-back", RUN, kwargs=_holding, only_post=True),
    Page("role-extend", RUN, kwargs=_holding),
    Page("role-put-back", RUN, kwargs=_holding, only_post=True),
    Page("person-list", READ_ALL, kwargs=_place),
    Page("person-invite", OWNER, kwargs=_place),
    Page("leavers", READ_ALL, kwargs=_place),
    Page("access-review-list", OWNER, kwargs=_trust),
    Page("access-review-open", OWNER, kwargs=_trust, only_post=True),
    Page("access-review", OWNER, kwargs=_of("review", _trust)),
    Page("access-review-close", OWNER, kwargs=_of("review", _trust), only_post=True),
    Page("share-list", READ_ALL, kwargs=_place),
    Page("share-give", OWNER, kwargs=lambda g: {**_of("series")(g), "kind": "measure"}),
    Page("share", OWNER, kwargs=_of("share")),
    Page("share-end", OWNER, kwargs=_of("share"), only_post=True),
    Page("person", READ_ALL, kwargs=_manager),
    Page("person-contact", OWNER, kwargs=_manager),
    Page("person-invitation", OWNER, kwargs=_manager),
    Page("person-ends", OWNER, kwargs=_manager),
    Page("person-factor", OWNER, kwargs=_manager),
    Page("person-lapses", READ_ALL, kwargs=_manager),
    Page("person-stop", OWNER, kwargs=_manager),
    Page("person-restart", OWNER, kwargs=_manager),
    Page("person-cover", frozenset({"owner", "manager"}), kwargs=_manager),
    _own("my-roles"),
    _own("cover-set"),
    Page("cover-end", frozenset({"owner", "manager"}), kwargs=_alone("cover"), only_post=True),
    _own("shared-with-me"),
    # tasks
    _own("my-work"),
    _own("letters-chosen", only_post=True),
    Page("task", WATCH, RUN, kwargs=_alone("task")),
    Page("task-pass-on", RUN, kwargs=_alone("task")),
    Page("task-take-back", RUN, kwargs=_alone("task")),
    Page("task-unask", RUN, kwargs=_alone("task"), only_post=True),
    Page("task-reopen", RUN, kwargs=_alone("done_task"), only_post=True),
    Page("task-list", WATCH, kwargs=_place),
    Page("task-ask", RUN, kwargs=_place),
    # measures
    Page("measure-list", SEE, kwargs=_place),
    Page("measure", CHART, kwargs=_measure),
    Page("observation-add", RUN, kwargs=_measure),
    Page("observation", CHART, kwargs=_period),
    Page("note-add", RUN, kwargs=_measure),
    Page("note", RUN, kwargs=_of("note", _measure)),
    Page("note-remove", RUN, kwargs=_of("note", _measure)),
    Page("note-put-back", RUN, kwargs=_of("removed", _measure)),
    Page("target-set", OWNER, kwargs=_measure),
    Page("target-end", OWNER, kwargs=_of("target", _measure)),
    Page("catalogue", SEE, kwargs=_place),
    Page("catalogue-shipped", OWNER, kwargs=_place),
    Page("measure-define", OWNER, kwargs=_place),
    Page("measure-change", OWNER, kwargs=_measure),
    Page("measure-retire", OWNER, kwargs=_measure),
    Page("batch-list", OWNER, kwargs=_place),
    Page("batch-new", OWNER, kwargs=_place),
    Page("batch-example", OWNER, kwargs=_place),
    Page("batch", SEE, kwargs=_of("batch")),
    Page("batch-commit", OWNER, kwargs=_of("staged")),
    Page("batch-discard", OWNER, kwargs=_of("staged")),
    Page("batch-undo", OWNER, kwargs=_of("batch")),
    # operations
    _public("health"),
    _public("ready", answers=frozenset({503})),
    _public("privacy"),
    _public("accessibility"),
    Page("operations", SERVICE),
    Page("job-list", SERVICE),
    Page("job", SERVICE, kwargs=_job),
    Page("job-retry", SERVICE - {"auditor"}, kwargs=_job, only_post=True),
    Page("job-discard", SERVICE - {"auditor"}, kwargs=_job, only_post=True),
    Page("mail-list", SERVICE),
    Page("worker-list", SERVICE),
    Page("trail", READ_ALL, kwargs=_place),
    # the demonstration: not there where it does not run
    _public("cast", answers=frozenset({404})),
    _public("enter", kwargs=lambda _: {"slug": "ward-manager"}, only_post=True, answers=frozenset({404})),
    # one's account
    _own("account"),
    _own("session-end", kwargs=lambda g: {"session": g.session.pk}, only_post=True),
    _own("sessions-end-others", only_post=True),
    _public("invitation", kwargs=lambda g: {"token": g.token}, answers=frozenset({410})),
    _public("account_login"),
    _public("account_logout"),
    _public("account_inactive"),
    _own("account_reauthenticate"),
    _own("account_change_password"),
    _public("account_reset_password"),
    _public("account_reset_password_done"),
    _public("account_reset_password_from_key", kwargs=lambda _: {"uidb36": "1", "key": "set-password"}),
    _public("account_reset_password_from_key_done"),
    _own("mfa_index"),
    _public("mfa_authenticate"),
    _own("mfa_reauthenticate"),
    _own("mfa_activate_totp"),
    _own("mfa_deactivate_totp", answers=frozenset({404})),
    _own("mfa_view_recovery_codes", answers=frozenset({404})),
    _own("mfa_generate_recovery_codes"),
    _own("mfa_download_recovery_codes", answers=frozenset({404})),
    _own("mfa_list_webauthn"),
    _own("mfa_add_webauthn"),
    _own("mfa_reauthenticate_webauthn"),
    _own("mfa_remove_webauthn", kwargs=_key, answers=frozenset({404})),
    _own("mfa_edit_webauthn", kwargs=_key, answers=frozenset({404})),
    _public("mfa_login_webauthn"),
)
MATRIX = {page.name: page for page in PAGES}
