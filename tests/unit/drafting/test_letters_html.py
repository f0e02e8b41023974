"""The HTML of receipts and questions: read in light and dark, on a phone, whatever the names."""

import pytest

from mailflow.config.templates import read_templates
from mailflow.drafting.render import Templates
from mailflow.drafting.samples import samples
from tests.unit.measuring.page import Node, Tree, contrast, dark_rules, seen

PLAIN = {
    "color": {False: "#000000", True: "#ffffff"},
    "background": {False: "#ffffff", True: "#121212"},
}
"""What a client shows where the letter asks for nothing: text and ground, in light and in dark."""
KINDS = [kind for kind in sorted(samples()) if kind != "summary"]
SHIPPED = Templates(read_templates(None))


def texts(kind: str) -> list[tuple[Node, dict[str, dict[str, str]]]]:
    """Every piece of text of every sample that has HTML, with what its style block says of dark."""
    found: list[tuple[Node, dict[str, dict[str, str]]]] = []
    for told in samples()[kind]:
        html = SHIPPED.render(kind, told).html
        if html:
            page = Tree(html)
            assert page.problems == []
            body = next(node for node in page.root.walk() if node.tag == "body")
            found += [(n, dark_rules(page.root)) for n in body.walk() if n.text.strip()]
    return found


def coloured(node: Node, what: str, dark: dict[str, dict[str, str]], *, is_dark: bool) -> str:
    try:
        return seen(node, what, dark if is_dark else {})
    except AssertionError:  # nothing is said of it: the client's own
        return PLAIN[what][is_dark]


@pytest.mark.parametrize("is_dark", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_every_text_can_be_read_on_its_ground(kind: str, is_dark: bool) -> None:
    for node, dark in texts(kind):
        on = coloured(node, "background", dark, is_dark=is_dark)
        assert contrast(coloured(node, "color", dark, is_dark=is_dark), on) >= 4.5, node.text


@pytest.mark.parametrize("kind", KINDS)
def test_no_long_name_makes_a_letter_wider_than_a_phone(kind: str) -> None:
    for node, _ in texts(kind):
        assert seen(node, "overflow-wrap", {}) == "anywhere", node.text


def test_receipts_and_questions_are_among_what_is_looked_at() -> None:
    assert {kind for kind in KINDS if texts(kind)} >= {"receipt", "approval_request", "question"}
