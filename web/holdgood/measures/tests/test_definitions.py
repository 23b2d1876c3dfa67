import datetime as dt
import re
from pathlib import Path

import pytest

from holdgood.measures import shape
from holdgood.measures.definitions import CATALOGUE, Definition, WrongCatalogue, load, read
from holdgood.measures.models import AddsUp, Granularity, Measure
from holdgood.measures.reference import page
from holdgood.places.models import Kind
from plotthedots.limits import FAMILIES

DOCS = Path(__file__).parents[4] / "docs"

HEAD = 'title = "Safety"\nauthor = "The Holdgood authors"\nchecked_by = ""\nnext_review = 2027-04-30\n'
FALLS = """
[[measure]]
slug = "falls"
name = "Falls for each 1,000 bed days"
short = "Falls per 1,000 bed days"
sentence = "How often patients fall."
numerator = "Falls"
denominator = "Occupied bed days"
unit = "per 1,000 bed days"
per = 1000
decimals = 2
chart = "uprime"
chart_because = "Events over many bed days."
direction = "decrease"
granularity = "month"
levels = ["ward", "trust"]
adds_up = "ratio"
lag_days = 10
owner = "Ward manager"
themes = ["outcome"]
minimum = 0
maximum = 100
whole = true
aliases = ["falls rate"]

[[measure.target]]
value = 5
from = 2025-04-01
until = 2026-03-31
kind = "interim"
source = "The plan"

[[measure.source]]
publisher = "NICE"
title = "Falls"
url = "https://www.nice.org.uk/guidance/ng249"
"""
SHARE = (
    ('chart = "uprime"', 'chart = "pprime"'),
    ("per = 1000", "per = 100\nnumerator_within_denominator = true"),
)


def changed(*changes: tuple[str, str]) -> str:
    text = HEAD + FALLS
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def mistakes(*changes: tuple[str, str]) -> tuple[str, ...]:
    with pytest.raises(WrongCatalogue) as wrong:
        read({"safety.toml": changed(*changes)})
    return wrong.value.mistakes


def falls(*changes: tuple[str, str]) -> Definition:
    return read({"safety.toml": changed(*changes)})["falls"]


# What ships


def test_every_file_loads_and_measures_keep_the_order_of_the_files():
    domains = [made.domain for made in load().values()]
    assert len(domains) >= 66
    assert list(dict.fromkeys(domains)) == sorted(path.stem for path in CATALOGUE.glob("*.toml"))


GROUPS = """
    ae-four-hours ae-four-hours-type-1 ae-twelve-hours-from-arrival ae-twelve-hours-from-decision
    ambulance-handovers-15 ambulance-handovers-over-60
    rtt-18-weeks rtt-over-52-weeks rtt-over-65-weeks rtt-waiting-list rtt-median-wait
    cancer-28-day-diagnosis cancer-31-day-treatment cancer-62-day-treatment diagnostics-six-weeks
    falls falls-with-harm pressure-ulcers medication-incidents vte-risk-assessment sepsis-antibiotics
    c-difficile mrsa mssa e-coli klebsiella pseudomonas c-difficile-rate mrsa-rate mssa-rate e-coli-rate
    klebsiella-rate pseudomonas-rate hand-hygiene shmi hsmr crude-mortality
    fft-inpatient-positive fft-ae-positive fft-maternity-positive fft-community-positive fft-mental-health-positive
    fft-inpatient-response fft-ae-response fft-maternity-response fft-community-response fft-mental-health-response
    complaints-per-bed-days complaints-per-wte complaints-answered-in-time
    sickness-absence turnover stability vacancies appraisals mandatory-training bank-share agency-share staff-engagement
    fill-rate-registered-day fill-rate-registered-night fill-rate-care-staff-day fill-rate-care-staff-night
    care-hours red-flags discharges-before-noon no-criteria-to-reside stays-over-7-days stays-over-21-days
    readmissions-30-days bed-occupancy outpatient-did-not-attend cancelled-on-the-day
    patient-safety-incidents learning-responses-on-time duty-of-candour
    restraint prone-restraint seclusion follow-up-72-hours care-reviews out-of-area-placements
    talking-therapies-access talking-therapies-recovery talking-therapies-reliable-improvement
    talking-therapies-six-weeks early-intervention-psychosis crisis-response-4-hours crisis-response-24-hours
    urgent-community-response virtual-ward-occupancy community-waiting-list
    stillbirths severe-tears postpartum-haemorrhage smoking-at-delivery breastfeeding-first-feed trained-in-improvement
"""


@pytest.mark.parametrize("slug", GROUPS.split())
def test_what_a_trust_expects_is_there(slug: str):
    assert slug in load()


def test_every_theme_and_every_kind_of_adding_up_has_measures():
    measures = load().values()
    assert {theme for made in measures for theme in made.themes} == set(shape.THEMES)
    assert {made.adds_up for made in measures} == set(shape.ADDS_UP)


def test_the_page_says_that_nobody_has_checked_them_as_long_as_that_is_so():
    unchecked = all(made.checked_by == "" for made in load().values())
    assert unchecked == ("No trust has yet held them against" in page(load().values()))


def test_short_names_fit_and_everything_fits_the_columns_of_a_trusts_copy():
    long = []
    for made in load().values():
        for field in Measure._meta.get_fields():
            value = getattr(made, field.name, None)
            if isinstance(value, str) and getattr(field, "max_length", None) and len(value) > field.max_length:
                long.append((made.slug, field.name))
    assert long == []


def test_words_of_the_files_are_those_of_places_and_models():
    assert set(shape.LEVELS) == set(Kind.values)
    assert set(shape.GRANULARITIES) == set(Granularity.values)
    assert set(shape.ADDS_UP) == set(AddsUp.values)


def test_the_page_of_the_docs_is_in_step_and_can_be_reached():
    said = "python -m holdgood.measures.reference > docs/reference/measures.md writes it again"
    assert (DOCS / "reference" / "measures.md").read_text(encoding="utf-8") == page(load().values()), said
    assert "(reference/measures.md)" in (DOCS / "index.md").read_text(encoding="utf-8")


def test_no_cell_of_the_page_breaks_its_table():
    rows = [line for line in page(load().values()).splitlines() if line.startswith("| `")]
    assert len(rows) == len(load())
    assert {len(re.findall(r" \| ", row)) for row in rows} == {4}


# What a definition knows


def test_a_value_is_numerator_over_denominator_times_per():
    made = falls()
    assert made.value(12, 3000) == 4
    assert made.value(12, 0) is None
    assert made.value(12) is None
    assert load()["ae-attendances"].value(9000) == 9000


def test_a_weighted_mean_is_a_value_already():
    assert load()["staff-engagement"].value(7.1, 850) == 7.1


def test_a_target_holds_from_its_first_day_to_its_last():
    made = falls()
    days = [dt.date(2025, 3, 31), dt.date(2025, 4, 1), dt.date(2026, 3, 31), dt.date(2026, 4, 1)]
    assert [made.target_on(day, "interim") is not None for day in days] == [False, True, True, False]
    assert made.target_on(days[1]) is None


def test_a_standard_and_the_step_towards_it_stand_side_by_side():
    made, day = load()["ae-four-hours"], dt.date(2026, 1, 1)
    assert [made.target_on(day, kind).value for kind in ("national", "interim")] == [95, 78]


def test_a_review_is_overdue_the_day_after_it_was_due():
    assert not falls().overdue(dt.date(2027, 4, 30))
    assert falls().overdue(dt.date(2027, 5, 1))


def test_what_is_left_out_has_its_plain_default():
    made = falls(("minimum = 0\nmaximum = 100\n", ""), ('aliases = ["falls rate"]\n', ""))
    assert (made.minimum, made.maximum, made.aliases) == (None, None, ())
    assert (made.stock, made.local, made.numerator_within_denominator, made.rolling_months) == (False, False, False, 0)


def test_a_limit_of_nought_holds_targets_too():
    said = mistakes(("minimum = 0\nmaximum = 100", "minimum = -5\nmaximum = 0"))
    assert said == (f'{WHERE}, "target": found 5 in target 1, expected a value that the measure can have.',)


# What a wrong file is told

WHERE = 'safety.toml, measure "falls"'
CHARTS = ", ".join(FAMILIES)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"uprime"', '"uprim"', f', "chart": found "uprim", expected one of {CHARTS} (did you mean "uprime"?).'),
        ('"decrease"', '"neither"', ', "direction": found "neither", expected one of increase, decrease, neutral.'),
        ("whole =", "hole =", ': found "hole", expected only known fields (did you mean "whole"?).'),
        ('unit = "per 1,000 bed days"\n', "", ', "unit": found nothing, expected words, without spaces around them.'),
        ('"Ward', '" Ward', ', "owner": found " Ward manager", expected words, without spaces around them.'),
        ("per = 1000", "per = 500", ', "per": found 500, expected 1, 100, 1000, 10000 or 100000.'),
        ("per = 1000", "per = true", ', "per": found true, expected 1, 100, 1000, 10000 or 100000.'),
        ("decimals = 2", "decimals = 2.0", ', "decimals": found 2.0, expected a whole number from 0 to 4.'),
        ("decimals = 2", "decimals = 5", ', "decimals": found 5, expected a whole number from 0 to 4.'),
        ("minimum = 0", "minimum = nan", ', "minimum": found nan, expected a number.'),
        ("whole = true", 'whole = "yes"', ', "whole": found "yes", expected true or false.'),
        ("fall.", "fall", ', "sentence": found "How often patients fall", expected a sentence with its full stop.'),
        ('"Falls per', f'"{"x" * 30} per', ' per 1,000 bed days", expected words of 39 characters at most.'),
        (
            '["ward", ',
            '["ward", "ward", ',
            ', "levels": found ["ward", "ward", "trust"], expected a list of one or more of ',
        ),
        ('["outcome"]', "[]", ', "themes": found [], expected a list of one or more of programme, assurance, '),
        ('["falls rate"]', '"rate"', ', "aliases": found "rate", expected a list of words, each once.'),
        ("2025-04-01", '"April"', ' target 1, "from": found "April", expected a date such as 2027-04-30.'),
        ("2025-04-01", "2025-04-01T00:00:00", ' target 1, "from": found 2025-04-01 00:00:00, expected a date such as '),
        (
            '"interim"',
            '"nationl"',
            ' "kind": found "nationl", expected one of national, interim (did you mean "national"?).',
        ),
        ("https:", "http:", ' source 1, "url": found "http://www.nice.org.uk/guidance/ng249", expected an address '),
        ('"Occupied bed days"', '""', ', "denominator": found none, expected one for a uprime chart.'),
        ('"uprime"', '"c"', ', "denominator": found "Occupied bed days", expected "" for a c chart.'),
        ('"uprime"', '"pprime"', ', "numerator_within_denominator": found false, expected true for a pprime chart.'),
        ("whole = true", "whole = false", ', "whole": found false, expected true for a uprime chart, which counts.'),
        ('"ratio"', '"sum"', ', "adds_up": found sum, expected sum without a denominator, ratio or weighted with one.'),
        ('"ratio"', '"none"', ', "adds_up_because": found nothing, expected the reason for "none".'),
        ('"ratio"', '"weighted"', ', "adds_up": found weighted, expected per 1 and a chart of values beside it.'),
        ("maximum = 100", "maximum = 0", ', "maximum": found 0, expected more than the minimum of 0.'),
        (
            '"decrease"',
            '"neutral"',
            ', "direction": found neutral, expected increase or decrease where there is a target.',
        ),
        ("value = 5", "value = 101", ', "target": found 101 in target 1, expected a value that the measure can have.'),
        ("value = 5", "value = -1", ', "target": found -1 in target 1, expected a value that the measure can have.'),
        (
            "until = 2026",
            "until = 2024",
            ', "target": found until 2024-03-31 in target 1, expected 2025-04-01 or later.',
        ),
        ("until = 2026-03-31\n", "", ', "target": found no until in target 1, expected one for a step on the way.'),
    ],
)
def test_a_mistake_is_told_with_its_place_what_was_found_and_what_was_expected(old: str, new: str, said: str):
    told = mistakes((old, new))
    assert [one for one in told if one.startswith(WHERE) and said in one], told


@pytest.mark.parametrize("slug", ["Falls", "falls_rate", "-falls", "falls--rate", "falls/rate", "f" * 51])
def test_a_slug_that_does_not_fit_an_address_is_refused(slug: str):
    said = mistakes(('slug = "falls"', f'slug = "{slug}"'))
    expected = "small letters, digits and single hyphens, 50 at most"
    assert said == (f'safety.toml, measure "{slug}", "slug": found "{slug}", expected {expected}.',)


def test_a_part_of_a_whole_lies_between_nought_and_all_of_it():
    said = mistakes(*SHARE, ("maximum = 100", "maximum = 90"))
    assert said == (f'{WHERE}, "maximum": found 0 to 90, expected 0 to 100 for a part of a whole.',)
    assert falls(*SHARE).numerator_within_denominator


def test_a_count_has_no_multiplier_and_is_part_of_nothing():
    count = [('"Occupied bed days"', '""'), ('"uprime"', '"c"'), ('"ratio"', '"sum"')]
    assert mistakes(*count) == (f'{WHERE}, "per": found 1000, expected 1 where there is no denominator.',)
    within = ("whole = true", "whole = true\nnumerator_within_denominator = true")
    said = mistakes(
        *count, ("per = 1000", "per = 1"), within, ("maximum = 100", "maximum = 1"), ("value = 5", "value = 1")
    )
    assert said == (f'{WHERE}, "numerator_within_denominator": found true, expected a denominator beside it.',)


def test_two_targets_of_a_kind_never_hold_at_once():
    twice = FALLS[FALLS.index("[[measure.target]]") : FALLS.index("[[measure.source]]")]
    said = mistakes(("[[measure.source]]", f"{twice.replace('2025-04-01', '2026-03-31')}[[measure.source]]"))
    assert said == (f'{WHERE}, "target": found two interim targets on 2026-03-31, expected one at a time.',)


def test_the_later_of_two_targets_may_stand_first_in_the_file_and_still_clash():
    twice = FALLS[FALLS.index("[[measure.target]]") : FALLS.index("[[measure.source]]")]
    early = twice.replace("2025-04-01", "2024-04-01")
    said = mistakes(("[[measure.source]]", f"{early}[[measure.source]]"))
    assert said == (f'{WHERE}, "target": found two interim targets on 2025-04-01, expected one at a time.',)


def test_a_measure_without_a_source_is_refused():
    source = FALLS[FALLS.index("[[measure.source]]") :]
    assert mistakes((source, "")) == (
        f'{WHERE}, "source": found nothing, expected one or more tables [[measure.source]].',
    )


def test_all_mistakes_of_all_files_are_told_at_once():
    with pytest.raises(WrongCatalogue) as wrong:
        read({"a.toml": changed(('chart = "uprime"', 'chart = "x"'), ("per = 1000", "per = 2")), "b.toml": "title ="})
    said = wrong.value.mistakes
    assert [one[:6] for one in said] == ["a.toml", "a.toml", "b.toml"]
    assert said[2].startswith("b.toml: found what is not TOML (")
    assert str(wrong.value) == "\n".join(said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD, 'safety.toml, "measure": found nothing, expected one or more tables [[measure]].'),
        (HEAD + "measure = 3\n", 'safety.toml, "measure": found 3, expected one or more tables [[measure]].'),
        (
            HEAD.replace("checked_by", "checked_bye") + FALLS,
            'safety.toml: found "checked_bye", expected only known fields (did you mean "checked_by"?).',
        ),
        (HEAD + "[[measure]]\n", 'safety.toml, measure 1, "slug": found nothing, expected '),
    ],
)
def test_a_wrong_head_is_told(text: str, said: str):
    with pytest.raises(WrongCatalogue) as wrong:
        read({"safety.toml": text})
    assert wrong.value.mistakes[0].startswith(said)


def test_no_file_at_all_is_a_mistake():
    with pytest.raises(WrongCatalogue, match="catalogue: found no file"):
        read({})


def test_two_measures_of_one_name_are_refused_whatever_the_case():
    other = changed(('slug = "falls"', 'slug = "tumbles"'), ('"falls rate"', '"FALLS RATE"'))
    with pytest.raises(WrongCatalogue) as wrong:
        read({"safety.toml": HEAD + FALLS, "zeal.toml": other})
    assert (
        'zeal.toml, measure "tumbles": found the name "FALLS RATE" of "falls", expected one that no other measure has.'
        in wrong.value.mistakes
    )


def test_one_slug_twice_is_refused():
    with pytest.raises(WrongCatalogue) as wrong:
        read({"a.toml": HEAD + FALLS, "b.toml": HEAD + FALLS})
    assert any('found the name "falls" of "falls"' in said for said in wrong.value.mistakes)
