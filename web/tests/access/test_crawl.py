"""Every page as everybody: who gets it, what it shows, and that a refusal changes nothing."""

import pytest

from web.tests.access import crawling
from web.tests.access.matrix import MATRIX, PAGES, PEOPLE

SHORT = ("owner", "neighbour", "stranger", "nobody", "manager","staff","auditor","director","partner","child","deputy","joint","reader","ended")


def test_every_page_has_its_line_and_every_line_its_page():
    names = sorted(set(crawling.names()))
    assert names == sorted(MATRIX)


@pytest.mark.parametrize("person", SHORT)
def test_every_page_is_read_and_sent_by_those_who_may_alone(crawl, person):
    problems = [found for page in PAGES for method in ("GET", "POST") for found in crawl.problems(page, person, method)]
    assert not problems, "\n".join(problems)
