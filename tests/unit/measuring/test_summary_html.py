"""The summary as HTML: readable in any client, in light and dark, with nothing fetched."""

import re
from dataclasses import replace

import pytest

from mailflow.measuring.summary import build
from mailflow.model.policy import Policy
from tests.unit.measuring.page import Node, Tree, contrast, dark_rules, seen
from tests.unit.measuring.weeks import ADA, FULL, NOW, WEEKS, made, person, rendered, waiting

LARGE = 3.0
NORMAL = 4.5
"""Least contrast of graphics and of text (WCAG 2.2, 1.4.11 and 1.4.3)."""


def tree(week: str) -> Node:
    page = Tree(rendered(made(week)).html)
    assert page.problems == []
    return page.root


@pytest.mark.parametrize("week", WEEKS)
def test_nothing_is_fetched_from_anywhere(week: str) -> None:
    for node in tree(week).walk():
        assert not node.attributes.keys() & {"src", "href", "srcset", "background", "action"}
        assert node.tag not in {"img", "link", "script", "iframe", "form", "svg", "video", "object"}
    html = rendered(made(week)).html
    assert not re.search(r"url\(|@import|https?:|javascript:", html)


@pytest.mark.parametrize("week", WEEKS)
def test_the_page_is_small_enough_that_no_client_cuts_it(week: str) -> None:
    assert len(rendered(made(week)).html.encode()) < 60_000


@pytest.mark.parametrize("is_dark", [False, True])
@pytest.mark.parametrize("week", WEEKS)
def test_every_text_can_be_read_on_its_ground(week: str, is_dark: bool) -> None:
    root = tree(week)
    dark = dark_rules(root) if is_dark else {}
    body = next(node for node in root.walk() if node.tag == "body")
    texts = [n for n in body.walk() if n.text.strip().strip("\xa0")]
    assert len(texts) >= 3
    for node in texts:
        ratio = contrast(seen(node, "color", dark), seen(node, "background", dark))
        assert ratio >= NORMAL, (node.text, ratio)


@pytest.mark.parametrize("is_dark", [False, True])
def test_every_bar_can_be_told_from_the_ground_it_stands_on(is_dark: bool) -> None:
    root = tree("full")
    dark = dark_rules(root) if is_dark else {}
    bars = [n for n in root.walk() if n.attributes.get("class") in {"m", "w", "b"}]
    assert len(bars) > 10
    for bar in bars:
        assert bar.parent is not None
        on = seen(bar.parent, "background", dark)
        assert contrast(seen(bar, "background", dark), on) >= LARGE


@pytest.mark.parametrize("week", WEEKS)
def test_a_screen_reader_hears_headings_in_order_and_no_layout(week: str) -> None:
    root = tree(week)
    headings = [n for n in root.walk() if re.fullmatch("h[1-6]", n.tag)]
    assert [n.tag for n in headings][:1] == ["h1"]
    assert {n.tag for n in headings[1:]} <= {"h2"}
    assert [n.text for n in headings[1:]] == [s.title for s in made(week).sections]
    for table in (n for n in root.walk() if n.tag == "table"):
        assert table.attributes["role"] in {"presentation", "img"}
        if table.attributes["role"] == "img":
            assert table.attributes["aria-label"]
    html = next(n for n in root.walk() if n.tag == "html")
    assert html.attributes["lang"] == "en"


@pytest.mark.parametrize("week", WEEKS)
def test_no_long_name_makes_the_page_wider_than_a_phone(week: str) -> None:
    body = next(node for node in tree(week).walk() if node.tag == "body")
    for node in body.walk():
        if node.text.strip().strip("\xa0"):
            assert seen(node, "overflow-wrap", {}) == "anywhere", node.text
            assert seen(node, "word-break", {}) == "break-word", node.text


def test_both_versions_say_the_same() -> None:
    letter = rendered(made("full"))
    heard = " ".join(" ".join(n.text.split()) for n in Tree(letter.html).root.walk())
    for section in made("full").sections:
        for line in section.lines:
            for said in (line.who, line.text, line.quote, line.reason, line.steps_label):
                assert " ".join(said.split()) in heard


def test_what_people_are_called_stays_text() -> None:
    eve = person(1, "<b onclick=x>Eve</b>", org="</table><script>alert(1)</script>")
    facts = replace(FULL, drafts=(waiting(1, eve, "<img src=x>"),))
    html = rendered(build(facts, ADA, Policy(), NOW)).html
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;img src=x&gt;" in html


def test_bars_always_add_up_to_the_whole() -> None:
    for table in tree("full").walk():
        shares = [int(n.attributes["width"].rstrip("%")) for row in table.children
                  for n in row.children if table.attributes.get("aria-hidden")]  # fmt: skip
        assert not shares or sum(shares) == 100
