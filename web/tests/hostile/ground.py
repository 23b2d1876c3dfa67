"""What the hostile tests stand on: a trust with a measure, and one who may do everything with it."""

import datetime as dt
import html
import re

from django.urls import reverse

from holdgood.measures.tests.factories import measure
from holdgood.places.tests.factories import AT, Trust, give, person

STEADY = [8, 6, 9, 7, 8, 5, 9, 8, 6, 7, 9, 8]


def later(days: int) -> dt.datetime:
    return AT + dt.timedelta(days=days)


class Ground(Trust):
    def __init__(self, client) -> None:
        super().__init__()
        self.client = client
        self.falls = measure(self.trust)
        self.analyst = give(person("Devi"), "analyst", self.trust)
        self.enter(self.analyst)

    def enter(self, user) -> None:
        self.client.force_login(user, backend="holdgood.people.backends.Local")

    def at(self, name: str, *args: object, code: str = "ward-7", slug: str = "falls") -> str:
        return reverse(name, args=[code, slug, *args])

    def title(self, code: str = "ward-7", slug: str = "falls", tab: str = "data") -> str:
        answer = self.client.get(f"{self.at('measure', code=code, slug=slug)}?tab={tab}")
        assert answer.status_code == 200
        return html.unescape(re.search(r"<h1[^>]*>(.*?)</h1>", answer.text, re.DOTALL)[1].strip())
