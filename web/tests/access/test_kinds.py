"""Kinds of things and of tasks, as apps register them: each has a title, leads to a page, and is seen by few."""

import pytest
from django.urls import resolve
from web.tests.access.sight import may_see

from holdgood.places import kinds, sharing
from holdgood.places.access import Actor
from holdgood.places.models import Share
from holdgood.tasks import kinds as asked
from holdgood.tasks.models import Task


def _actor(ground, person):
    return Actor(ground.people[person], ground.at)


@pytest.mark.parametrize("name", sorted(kinds.KINDS))
def test_a_kind_titles_and_addresses_what_one_may_see(crawl, name):
    kind = kinds.KINDS[name]
    things = list(kind.seen(_actor(crawl.ground, "owner"))[:50])
    assert things, f"The ground has no {name}: seed one."
    assert all(kind.noun)
    assert kind.title(things[0])
    for thing in things:
        answer = crawl.ask("owner", "GET", kind.address(thing))
        assert answer.status == 200, kind.address(thing)


@pytest.mark.parametrize("person", ["neighbour", "stranger", "partner", "nobody", "ended"])
@pytest.mark.parametrize("name", sorted(kinds.KINDS))
def test_a_kind_finds_nothing_that_one_may_not_see(crawl, name, person):
    seen = kinds.KINDS[name].seen(_actor(crawl.ground, person))
    owners = {crawl.ground.owners[thing.pk.hex] for thing in seen}
    assert [each for each in owners if not may_see(person, *each)] == []


def test_what_is_shared_is_of_a_kind_that_knows_its_model(crawl):
    for share in Share.objects.all():
        assert share.kind in kinds.KINDS
        assert sharing.things(_actor(crawl.ground, "joint"), [share])


@pytest.mark.parametrize("name", sorted(asked.KINDS))
def test_a_kind_of_task_leads_to_where_it_is_done(crawl, name):
    made = crawl.ground.things["A1"]
    thing = {
        "access-review": made["review"],
        "role-ends": crawl.ground.things["reader"]["holding"],
        "share-ends": made["share"],
    }.get(name)
    place = thing.place if thing else made["task"].place
    task = Task(pk=made["task"].pk, kind=name, place=place, key=f"{name}:{thing.pk}:" if thing else None)
    kind = asked.of(task)
    assert kind is asked.KINDS[name]
    address = kind.address(task) if kind.address else f"/tasks/{task.pk}/"
    assert resolve(address.partition("?")[0]).view_name
    assert crawl.ask("owner", "GET", address).status == 200
