"""The form that takes a file, and what is said beside it."""

from typing import Any

from django import forms

from holdgood.design.forms import Form
from holdgood.measures.importing import Wanted
from holdgood.measures.known import Known
from holdgood.sheets.table import MOST_BYTES

NAMES = (".csv", ".txt", ".tsv", ".xlsx", ".xls", ".xlsb", ".ods", ".parquet")


class BringFile(Form):
    """A file. What its columns do not say is said here."""

    file = forms.FileField(
        label="File",
        max_length=200,
        help_text=f"CSV, Excel, OpenDocument or Parquet, at most {MOST_BYTES // 1_000_000} MB. Nothing is stored "
        "before you have seen what it would change.",
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(NAMES)}),
    )
    measure = forms.ChoiceField(label="Measure, if no column says it", required=False)
    place = forms.ChoiceField(label="Place, if no column says it", required=False)
    sheet = forms.CharField(
        label="Sheet", required=False, max_length=31, help_text="Of a workbook. Left empty, the first one is read."
    )

    def __init__(self, *args: Any, known: Known, **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = known
        several = len(known.roots) > 1
        self.measures = {str(each.pk): each for each in known.measures}
        self.places = {place.code: place for place in known.places.values()}
        measure, place = self.fields["measure"], self.fields["place"]
        assert isinstance(measure, forms.ChoiceField)
        assert isinstance(place, forms.ChoiceField)
        measure.choices = [("", "The file says it")] + [
            (pk, f"{each.short} ({each.place.name})" if several else each.short) for pk, each in self.measures.items()
        ]
        place.choices = [("", "The file says it")] + [
            (code, place.name if place.parent is None else f"{place.name} ({place.parent.name})")
            for code, place in self.places.items()
        ]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        name = file.name or ""
        if not name.lower().endswith(NAMES):
            raise forms.ValidationError(
                f"{name[-60:]} is neither CSV nor Excel, OpenDocument or Parquet. Save it as .csv or .xlsx first."
            )
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                f"{name[-60:]} has {(file.size or 0) / 1e6:.1f} MB, at most {MOST_BYTES // 1_000_000} can be read. "
                "Leave out sheets and columns that are not needed, or split it by year."
            )
        return file

    def wanted(self) -> Wanted:
        data = self.cleaned_data
        measure, place = self.measures.get(data["measure"]), self.places.get(data["place"])
        return Wanted(self.known, self.known.actor.on, data["sheet"], measure, place)
