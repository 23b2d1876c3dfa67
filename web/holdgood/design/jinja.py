"""The Jinja2 environment of the pages."""

from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader

from holdgood.design import adapter, messages, typed, words


def environment(**options: Any) -> Environment:
    """Django sets `undefined` and `loader` before it calls this, so both are overwritten and not only defaulted."""
    options |= {
        # The macros of the design system ask for parameters of parameters that nobody gave.
        "undefined": ChainableUndefined,
        "autoescape": True,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "loader": ChoiceLoader([options["loader"], PackageLoader("nhsuk_frontend_jinja")]),
    }
    made = Environment(**options)
    made.globals |= {
        "static": static,
        "url": address,
        "field_of": adapter.field,
        "errors_of": adapter.errors,
        "who_mark": typed.mark,
        "messages_of": messages.waiting,
        "typed_sentence": typed.SENTENCE,
        "nhs_logo": settings.HOLDGOOD_NHS_LOGO,
        "count": words.count,
    }
    # `count` with a number before it reads "1 place": the word of the contract, over Jinja's own length.
    made.filters |= {**words.FILTERS, "count": words.count}
    return made


def address(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a page: url("measure", code, slug) or url("measure", place=code)."""
    return reverse(name, args=args, kwargs=kwargs)
