"""People as forms look for them: by the exact address, or by a name among those whose roles one may see."""

from django.db.models import Q, QuerySet

from holdgood.people.models import User
from holdgood.places.access import Actor, people_seen
from holdgood.places.models import Holding, Place
from holdgood.places.permissions import Permission

MOST = 12  # people of one name that are offered
SHORTEST = 2  # letters of a name that is looked for


def of_trust(place: Place) -> QuerySet[User]:
    """Everybody who holds or held a role in the trust of a place."""
    trust = place.root or place
    held = Holding.objects.filter(place__path__startswith=trust.path)
    rows: QuerySet[User] = User.objects.filter(pk__in=held.values("user"))
    return rows


def by_address(people: QuerySet[User], text: str) -> list[User]:
    """The one whose address it is, to the letter."""
    return list(people.filter(email=text.strip().lower()).exclude(email="")[:2]) if "@" in text else []


def by_name(actor: Actor, text: str) -> list[User]:
    """People whom the actor may see, or whose roles they may see, with all the words in their name."""
    words = text.replace("\0", "")[:100].split()
    if sum(map(len, words)) < SHORTEST:
        return []
    held = Holding.objects.visible_to(actor, Permission.ROLE_VIEW)
    named = Q()
    for word in words:
        named &= Q(name__icontains=word)
    seen = Q(pk__in=held.values("user")) | Q(pk__in=people_seen(actor).values("pk"))
    found: QuerySet[User] = User.objects.current(actor.on)
    return list(found.filter(seen, named).order_by("name", "pk")[: MOST + 1])
