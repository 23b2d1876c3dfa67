"""The trail: what is written, what is refused, what is found out."""

import datetime as dt
import random
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, transaction
from django.db.models import F

from holdgood.trail import actions, keys
from holdgood.trail.chain import NotRecordable, canonical
from holdgood.trail.models import Entry, Head, Salt
from holdgood.trail.tests.factories import MORNING, entries, tampering, unlocked
from holdgood.trail.verify import anchor, faults

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_keys(settings, tmp_path) -> None:
    settings.TRAIL_KEYS, settings.TRAIL_ANCHORS = tmp_path / "keys" / "trail", tmp_path / "anchors" / "trail"


def found(anchors=None) -> list[str]:
    return [str(fault) for fault in faults(keys.load(settings.TRAIL_KEYS), anchors)]


def test_each_trust_has_a_chain_of_its_own_numbered_from_one() -> None:
    entries(3)
    entries(2, "hill")
    assert list(Entry.objects.of("river").values_list("seq", flat=True)) == [1, 2, 3]
    assert list(Entry.objects.of("hill").values_list("seq", flat=True)) == [1, 2]
    assert found() == []


def test_an_entry_needs_the_transaction_of_what_it_tells() -> None:
    # Tests run in a transaction of their own, so the check is asked outside of one.
    class Outside:
        in_atomic_block = False

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(actions.transaction, "get_connection", lambda: Outside)
        with pytest.raises(actions.OutsideTransaction, match=r"places\.ward\.closed"):
            actions.record(chain="river", event="places.ward.closed", by="user-1", at=MORNING)


def test_what_is_rolled_back_leaves_no_entry_and_no_gap() -> None:
    entries(1)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        actions.record(chain="river", event="places.ward.closed", by="user-1", at=MORNING)
        raise ZeroDivisionError
    entries(1)
    assert list(Entry.objects.of("river").values_list("seq", flat=True)) == [1, 2]
    assert found() == []


@pytest.mark.parametrize("change", [lambda own: own.update(reason="none"), lambda own: own.delete()])
def test_the_database_itself_refuses_a_change(change) -> None:
    entries(2)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change(Entry.objects.filter(seq=1))
    assert found() == []


def tamper(kind: str, column: str, seq: int, last: int) -> None:
    own = Entry.objects.filter(chain="river", seq=seq)
    match kind:
        case "edit" if column == "at":
            own.update(at=F("at") + dt.timedelta(milliseconds=1))
        case "edit" if column == "seq":
            own.update(seq=last + 7)
        case "edit":
            before = getattr(own.get(), column)
            own.update(**{column: before[:-1] + ("x" if not before.endswith("x") else "y")})
        case "delete":
            own.delete()
        case "insert":
            copy = own.get()
            Entry.objects.filter(chain="river", seq__gte=seq).order_by("-seq")
            for entry in Entry.objects.filter(chain="river", seq__gte=seq).order_by("-seq"):
                Entry.objects.filter(pk=entry.pk).update(seq=entry.seq + 1)
            copy.pk = None
            copy.seq = seq
            copy.save(force_insert=True)
        case "swap":
            other = seq % last + 1
            Entry.objects.filter(chain="river", seq=seq).update(seq=last + 50)
            Entry.objects.filter(chain="river", seq=other).update(seq=seq)
            Entry.objects.filter(chain="river", seq=last + 50).update(seq=other)
        case "cut":
            Entry.objects.filter(chain="river", seq__gte=seq).delete()


def try_tampering(tries: int) -> None:
    last = 12
    entries(last)
    unlocked()
    chosen = tampering(random.Random(20_260_401), last)
    missed = []
    for _ in range(tries):
        kind, column, seq = next(chosen)
        with transaction.atomic():
            point = transaction.savepoint()
            tamper(kind, column, seq, last)
            if not found():
                missed.append((kind, column, seq))
            transaction.savepoint_rollback(point)
    assert missed == []
    assert found() == []


def test_any_single_edit_deletion_insertion_swap_or_cut_is_found() -> None:
    try_tampering(100)


@pytest.mark.long
def test_a_thousand_random_tamperings_are_all_found() -> None:
    try_tampering(1_000)


def test_a_cut_with_the_mark_moved_back_is_found_without_the_key_and_by_the_anchor_even_with_an_old_mark(
    tmp_path,
) -> None:
    entries(4)
    old = Head.objects.values("seq", "hash", "key", "signature").get(pk="river")
    entries(3)
    anchors = tmp_path / "marks"
    assert anchor(anchors) == 1
    unlocked()
    Entry.objects.filter(seq__gt=5).delete()
    last = Entry.objects.get(seq=5)
    Head.objects.filter(pk="river").update(seq=5, hash=last.hash)
    assert found() == ["river, entry 5: is marked as the end by someone who does not hold the key."]
    # With the mark of an earlier day put back only what was anchored outside can tell.
    Entry.objects.filter(seq__gt=4).delete()
    Head.objects.filter(pk="river").update(**old)
    assert found() == []
    assert found(anchors) == ["river, entry 7: was anchored outside the database and is missing."]


def test_personal_values_are_never_written_and_can_be_forgotten() -> None:
    with transaction.atomic():
        entry = actions.record(
            chain="river",
            event="people.user.renamed",
            by="user-1",
            at=MORNING,
            new={"name": actions.Personal("user-9", "Ada Example"), "team": ["a", actions.Personal("user-9", "Ada")]},
        )
    assert "Ada" not in entry.new
    assert entry.new.count("digest:") == 2
    actions.forget(person="user-9")
    assert not Salt.objects.exists()
    assert found() == []


def test_older_entries_hold_good_after_a_key_is_rotated() -> None:
    entries(2)
    keys.rotate(settings.TRAIL_KEYS)
    entries(2)
    assert set(Entry.objects.values_list("key", flat=True)) >= {keys.load(settings.TRAIL_KEYS)[-1].name}
    assert found() == []


def test_a_bulk_action_leaves_one_entry_with_a_digest_of_all_rows() -> None:
    with transaction.atomic():
        entry = actions.record_many(
            rows=({"period": dt.date(2026, 4, day), "value": Decimal("1.50")} for day in range(1, 31)),
            chain="river",
            event="measures.observations.imported",
            by="user-1",
            at=MORNING,
        )
    assert '"rows":30' in entry.new


@pytest.mark.parametrize("value", [1.5, float("nan"), object(), dt.datetime(2026, 4, 1), {"deep": [0.1]}])
def test_what_has_no_single_form_is_refused(value) -> None:
    with pytest.raises(NotRecordable):
        canonical(value)


def test_the_same_value_has_one_text() -> None:
    assert canonical({"b": "e\u0301", "a": [1, True, None]}) == '{"a":[1,true,null],"b":"é"}'
    summer = dt.datetime(2026, 7, 1, 10, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    assert canonical(summer) == '"2026-07-01T09:00:00.000Z"'


def test_the_command_says_that_the_trail_is_whole_or_where_it_is_not(capsys) -> None:
    entries(5)
    call_command("verify", "trail")
    assert capsys.readouterr().out == "the trail is whole: 5 entries.\n"
    unlocked()
    Entry.objects.filter(seq=3).update(reason="none")
    with pytest.raises(CommandError, match="1 of its chains"):
        call_command("verify", "trail")
    assert capsys.readouterr().err == "river, entry 3: is not what was written.\n"


def test_a_lost_key_is_told(tmp_path) -> None:
    entries(1)
    other = tmp_path / "other"
    keys.rotate(other)
    assert keys.load(other)[0].name == "k1"
    assert [str(fault) for fault in faults(keys.load(other))] == ["river, entry 1: is not what was written."]
    assert [str(fault) for fault in faults([])] == ['river, entry 1: names the key "k1", which is not in the key file.']
