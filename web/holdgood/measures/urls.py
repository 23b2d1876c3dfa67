"""The pages of measures, all under the area's address: /at/<place>/."""

import datetime as dt

from django.urls import path, register_converter

from holdgood.measures.views import batches, catalogue, listing, measure, writing


class DayConverter:
    """A day in an address: 2026-03-01."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> dt.date:
        return dt.date.fromisoformat(value)

    def to_url(self, value: dt.date | str) -> str:
        return str(value)


register_converter(DayConverter, "day")

HERE = "at/<slug:code>/measures/"
ONE = HERE + "<slug:slug>/"
FILES = "at/<slug:code>/files/"
CATALOGUE = "at/<slug:code>/catalogue/"

urlpatterns = [
    path(HERE, listing.measure_list, name="measure-list"),
    path(ONE, measure.measure, name="measure"),
    path(ONE + "add/", writing.observation_add, name="observation-add"),
    path(ONE + "of/<day:period>/", writing.observation, name="observation"),
    path(ONE + "notes/new/", writing.note_add, name="note-add"),
    path(ONE + "notes/<uuid:pk>/", writing.note, name="note"),
    path(ONE + "notes/<uuid:pk>/remove/", writing.note_remove, name="note-remove"),
    path(ONE + "notes/<uuid:pk>/put-back/", writing.note_put_back, name="note-put-back"),
    path(ONE + "targets/new/", writing.target_set, name="target-set"),
    path(ONE + "targets/<uuid:pk>/end/", writing.target_end, name="target-end"),
    path(CATALOGUE, catalogue.catalogue, name="catalogue"),
    path(CATALOGUE + "shipped/", catalogue.shipped, name="catalogue-shipped"),
    path(CATALOGUE + "new/", catalogue.measure_define, name="measure-define"),
    path(CATALOGUE + "<slug:slug>/change/", catalogue.measure_change, name="measure-change"),
    path(CATALOGUE + "<slug:slug>/retire/", catalogue.measure_retire, name="measure-retire"),
    path(FILES, batches.batch_list, name="batch-list"),
    path(FILES + "new/", batches.batch_new, name="batch-new"),
    path(FILES + "example/", batches.batch_example, name="batch-example"),
    path(FILES + "<uuid:pk>/", batches.batch, name="batch"),
    path(FILES + "<uuid:pk>/commit/", batches.batch_commit, name="batch-commit"),
    path(FILES + "<uuid:pk>/discard/", batches.batch_discard, name="batch-discard"),
    path(FILES + "<uuid:pk>/undo/", batches.batch_undo, name="batch-undo"),
]
