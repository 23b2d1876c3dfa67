"""Escaping, lengths of words, wrapping."""

from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from plotthedots.svg.element import clip, escape, length, path, text, wrap


@given(st.text(st.characters(exclude_categories=[])))
def test_whatever_is_escaped_can_stand_in_an_element_and_an_attribute(said: str) -> None:
    tree: Element = fromstring(f'<a b="{escape(said)}">{escape(said)}</a>')
    assert tree.tag == "a"


def test_markup_is_text() -> None:
    assert escape('<b>"A & E"</b>') == "&lt;b&gt;&quot;A &amp; E&quot;&lt;/b&gt;"


@pytest.mark.parametrize("control", ["\x00", "\x08", "\x0b", "\x1f", "\x7f", "\ufffe", "\ud800"])
def test_control_characters_are_removed(control: str) -> None:
    assert escape(f"Ward{control} 7") == "Ward 7"


def test_bold_and_larger_text_is_longer() -> None:
    assert length("Ward 7") < length("Ward 7", bold=True) < length("Ward 7", 16, bold=True)


def test_a_length_is_no_shorter_than_what_arial_takes() -> None:
    # Advance widths of Arial in thousandths: U 722, p 556 …
    assert length("Upper limit 65.0", 1000) >= 722 + 2 * 556 + 556 + 333 + 278 + 222 * 2 + 833 + 222 + 278 * 3 + 3 * 556
    assert length("AVERAGE", 1000) >= 667 * 2 + 667 + 722 + 667 + 778 + 667


@given(st.lists(st.text("abcdefgh MW", min_size=1, max_size=30), max_size=40), st.integers(60, 900))
def test_no_line_is_longer_than_its_room(parts: list[str], room: int) -> None:
    lines = wrap(" ".join(parts), room, 16, bold=True)
    assert all(length(line, 16, bold=True) <= room for line in lines)
    assert 1 <= len(lines) <= 6


def test_wrapping_loses_no_word_where_there_is_room() -> None:
    said = "Falls on Ward 7: fewer since March 2025, and fewer again since September"
    assert " ".join(wrap(said, 200)) == said


def test_a_space_that_asks_for_no_break_is_not_broken_at() -> None:
    assert wrap("a 1\u00a0×\u00a010 b", length("a 1 × 10")) == ["a 1\u00a0×\u00a010", "b"]
    assert wrap("", 100) == [""]


def test_what_does_not_fit_ends_with_an_ellipsis() -> None:
    lines = wrap("one two three four five six seven eight", 40, most=2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")


def test_a_word_longer_than_the_line_is_cut() -> None:
    assert clip("M" * 40, 100).endswith("M…")
    assert length(clip("M" * 40, 100)) <= 100
    assert clip("Ward", 100) == "Ward"


def test_an_empty_path_is_nothing() -> None:
    assert path("ptd-limit", "") == ""


def test_a_text_says_where_it_is_anchored() -> None:
    assert text(1, 2, "<A>", "ptd-strong", "end") == (
        '<text x="1.0" y="2.0" class="ptd-strong" text-anchor="end">&lt;A&gt;</text>'
    )
