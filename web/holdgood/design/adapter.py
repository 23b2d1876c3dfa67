"""From a bound field to the macro of the design system that draws it, and what the macro is told."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.widgets import Input

from holdgood.design.fields import NumberField

Params = dict[str, Any]


def field(bound: BoundField) -> dict[str, Any]:
    """The macro's name, and its parameters. Everything lazy is made text: the macros drop what is no `str`."""
    widget = bound.field.widget
    # CheckboxSelectMultiple is a RadioSelect, so it is asked for first.
    for kind, made in _MADE:
        if isinstance(widget, kind):
            name, params = made(bound)
            return {"macro": name, "params": _common(bound) | params}
    return {"macro": "none", "params": {"html": str(bound)}}


def errors(form: forms.BaseForm) -> list[dict[str, Any]]:
    """The list of the error summary: each error leads to its field."""
    listed: list[dict[str, Any]] = [{"text": str(error)} for error in form.non_field_errors()]
    for bound in form:
        for error in bound.errors:
            place = None if bound.is_hidden else f"#{bound.auto_id}"
            listed.append({"text": str(error), "href": place} if place else {"text": str(error)})
    return listed


def _common(bound: BoundField) -> Params:
    label = str(bound.label)
    may_be_left_out = not bound.field.required and not getattr(bound.field, "needed_unless", False)
    if may_be_left_out and not _is_yes_no(bound):
        label += " (optional)"
    params: Params = {
        "id": str(bound.auto_id),
        "idPrefix": str(bound.auto_id),
        "name": bound.html_name,
        "label": {"text": label, "classes": "nhsuk-label--s"},
        "attributes": _attributes(bound),
    }
    if bound.help_text:
        params["hint"] = {"text": str(bound.help_text)}
    if bound.errors:
        params["errorMessage"] = {"text": " ".join(str(error) for error in bound.errors)}
    return params


def _is_yes_no(bound: BoundField) -> bool:
    return isinstance(bound.field.widget, forms.CheckboxInput)


def _attributes(bound: BoundField) -> Params:
    """What a form has set on the widget, without what the macros write themselves."""
    own = ("rows", "data-width", "autocomplete", "inputmode", "class", "cols", "spellcheck", "multiple", "accept-files")
    kept = {name: value for name, value in bound.field.widget.attrs.items() if name not in own}
    kept = {name: "" if value is True else str(value) for name, value in kept.items() if value is not False}
    # The page says what is wrong in a sentence; the browser would cut off silently.
    kept.pop("maxlength", None)
    kept.pop("minlength", None)
    return kept


def _value(bound: BoundField) -> str:
    value = bound.field.widget.format_value(bound.value()) if hasattr(bound.field.widget, "format_value") else None
    return "" if value is None else str(value)


def _text(bound: BoundField) -> tuple[str, Params]:
    widget = bound.field.widget
    params: Params = {"value": _value(bound), "type": getattr(widget, "input_type", "text")}
    if params["type"] in ("number", "date", "datetime-local"):
        params["type"] = "text"  # wheels and pickers change numbers unseen, and read dates in their own order
    if isinstance(bound.field, NumberField):
        whole = bound.field.whole and (bound.field.least or -1) >= 0
        params |= {"inputmode": "numeric" if whole else "decimal", "spellcheck": False}
        if bound.field.percent:
            params["suffix"] = "%"
            params["value"] = params["value"].removesuffix("%")
    if isinstance(bound.field, forms.EmailField):
        params |= {"spellcheck": False, "autocapitalize": "none"}
    width = widget.attrs.get("data-width")
    for name, value in (("width", width), ("autocomplete", widget.attrs.get("autocomplete"))):
        if value:
            params[name] = str(value)
    if widget.attrs.get("inputmode"):
        params["inputmode"] = str(widget.attrs["inputmode"])
    return "input", params


def _password(bound: BoundField) -> tuple[str, Params]:
    return "passwordInput", {"autocomplete": str(bound.field.widget.attrs.get("autocomplete", "current-password"))}


def _textarea(bound: BoundField) -> tuple[str, Params]:
    rows = bound.field.widget.attrs.get("rows", 5)
    rows = 5 if rows == "10" else rows  # Django's own default, as text; a form that wants ten says 10
    params: Params = {"value": _value(bound), "rows": int(rows)}
    limit = getattr(bound.field, "max_length", None)
    return ("characterCount", params | {"maxlength": str(limit), "threshold": "75"}) if limit else ("textarea", params)


def _chosen(bound: BoundField) -> set[str]:
    value = bound.value()
    values = value if isinstance(value, (list, tuple, set)) else [value]
    prepared = [bound.field.prepare_value(one) if hasattr(one, "pk") else one for one in values]
    return {"" if one is None else str(one) for one in prepared}


def _options(bound: BoundField) -> list[Params]:
    """The choices in one flat list; a group's name stands before its options."""
    chosen, listed = _chosen(bound), []
    for value, label in bound.field.widget.choices:
        if isinstance(label, (list, tuple)):
            listed += [_option(inner, text, chosen, f"{value}: ") for inner, text in label]
        else:
            listed.append(_option(value, label, chosen))
    return listed


def _option(value: Any, label: Any, chosen: set[str], group: str = "") -> Params:
    text = "" if value is None else str(value)
    return {"value": text, "text": f"{group}{label}", "selected": text in chosen}


def _select(bound: BoundField) -> tuple[str, Params]:
    return "select", {"items": _options(bound)}


def _items(bound: BoundField) -> Params:
    legend = {"text": _common(bound)["label"]["text"], "classes": "nhsuk-fieldset__legend--s"}
    hints = getattr(bound.field, "hints", {})  # value -> a line below the choice
    items = []
    for option in _options(bound):
        if option["value"] == "" and isinstance(bound.field.widget, forms.RadioSelect):
            continue  # "---------" is no answer
        item = {"value": option["value"], "text": option["text"], "checked": option["selected"]}
        if option["value"] in hints:
            item["hint"] = {"text": str(hints[option["value"]])}
        items.append(item)
    return {"fieldset": {"legend": legend}, "items": items, "label": None}


def _radios(bound: BoundField) -> tuple[str, Params]:
    return "radios", _items(bound)


def _checkboxes(bound: BoundField) -> tuple[str, Params]:
    return "checkboxes", _items(bound)


def _tick(bound: BoundField) -> tuple[str, Params]:
    """One box alone: its label is the question, so there is no frame around it."""
    ticked = bool(bound.field.widget.check_test(bound.value()))
    item: Params = {"value": "on", "text": str(bound.label), "checked": ticked}
    if bound.help_text:
        item["hint"] = {"text": str(bound.help_text)}
    return "checkboxes", {"items": [item], "label": None, "hint": None}


def _file(bound: BoundField) -> tuple[str, Params]:
    return "fileUpload", {"multiple": bool(getattr(bound.field.widget, "allow_multiple_selected", False))}


def _split_date(bound: BoundField) -> tuple[str, Params]:
    """Django's own three parts, as text fields."""
    widget = bound.field.widget
    parts = widget.get_context(bound.html_name, bound.value(), {})["widget"]["value"]
    names = (("day", "2"), ("month", "2"), ("year", "4"))
    items = [
        {"id": f"{bound.auto_id}_{part}", "name": f"{bound.html_name}_{part}", "label": part.capitalize(),
         "value": str(parts.get(part) or ""), "width": width}
        for part, width in names
    ]  # fmt: skip
    legend = {"text": _common(bound)["label"]["text"], "classes": "nhsuk-fieldset__legend--s"}
    return "dateInput", {"items": items, "fieldset": {"legend": legend}, "label": None}


_MADE: tuple[tuple[type[forms.Widget], Any], ...] = (
    (forms.CheckboxSelectMultiple, _checkboxes),
    (forms.RadioSelect, _radios),
    (forms.CheckboxInput, _tick),
    (forms.SelectDateWidget, _split_date),
    (forms.Select, _select),
    (forms.Textarea, _textarea),
    (forms.FileInput, _file),
    (forms.PasswordInput, _password),
    (forms.DateTimeInput, _text),
    (Input, _text),
)
