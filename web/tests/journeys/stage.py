"""A trust with a measure on a ward, for people who can sign in."""

import datetime as dt

from holdgood.measures.actions import noting
from holdgood.measures.tests.factories import add, measure
from holdgood.people import actions as people
from holdgood.places.access import Actor
from holdgood.places.tests.factories import AT, Trust, give

PASSWORD = "quiet heron by the weir"
STEADY = [8, 6, 9, 7, 8, 5, 9, 8, 6, 7, 9, 8, 7, 6, 8, 9, 7, 8]
LATELY = [4, 3, 4, 2, 3, 4, 3, 2]
CHART = "/at/ward-7/measures/falls/"


class Stage(Trust):
    """The trust of the tests, with falls counted on two wards and one note."""

    def __init__(self):
        super().__init__()
        self.falls = measure(self.trust)
        add(self.falls, self.ward7, STEADY + LATELY)
        add(self.falls, self.ward8, STEADY)
        self.sister = self._person("Amina Yusuf", "amina.yusuf@fenmoor.example", "ward-manager", self.ward7)
        self.deputy = self._person("Joan Pike", "joan.pike@fenmoor.example", "ward-manager", self.ward7)
        self.analyst = self._person("Ravi Nair", "ravi.nair@fenmoor.example", "analyst", self.trust)
        self.note = noting.note(
            by=Actor(self.sister, AT), at=AT, measure=self.falls, place=self.ward7, kind="note",
            on=dt.date(2024, 10, 1), title="Bay nursing", text="One of us stays in each bay.",
        )  # fmt: skip

    @staticmethod
    def _person(name, email, role, place):
        user = people.enrol(name=name, email=email, by="set-up", chain="people", at=AT, password=PASSWORD)
        return give(user, role, place)
