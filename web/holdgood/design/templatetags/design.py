"""Pages of the sign-in library, which are in Django's own language, within the shell that all pages have."""

import re
from typing import Any

from django import template
from django.forms import BaseForm
from django.template.loader import get_template
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_FIRST_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)


@register.simple_tag(takes_context=True)
def in_shell(context: template.Context, title: str, body: str, head: str = "", after: str = "") -> SafeString:
    """The page: `title` for the browser's tab, else the first heading of the body."""
    heading = _FIRST_HEADING.search(body)
    told = strip_tags(title).strip() or (strip_tags(heading[1]).strip() if heading else "")
    parts = {"told": told, "body": body, "head_of_page": head, "after": after}
    return _drawn("design/allauth.html", context, parts)


@register.simple_tag(takes_context=True)
def form_fields(context: template.Context, form: BaseForm) -> SafeString:
    """The fields of a form as all forms here have them, with the summary of errors above."""
    return _drawn("design/allauth-fields.html", context, {"form": form})


def _drawn(name: str, context: template.Context, parts: dict[str, Any]) -> SafeString:
    request = context.get("request")
    drawn = get_template(name, using="jinja2").render(parts, request)
    return mark_safe(drawn)  # Jinja2 has escaped it
