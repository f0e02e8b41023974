"""Invented cards of many countries as an engine reads them, and what must be understood."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from mailflow.model.address import Address
from mailflow.model.card import Card
from mailflow.model.scan import Page, Scan, SeenCode, SeenLine
from mailflow.reading.cards.picture import read_scan

CARDS = tomllib.loads(Path(__file__).with_name("pictures.toml").read_text("utf-8"))["card"]


def scan(lines: list[str], *codes: str, confidence: float = 0.99) -> Scan:
    """The lines one below the other; ^ before a line makes it large, > puts it beside."""
    return Scan((page(lines, *codes, confidence=confidence),))


def page(lines: list[str], *codes: str, confidence: float = 0.99) -> Page:
    seen: list[SeenLine] = []
    top, left = 40.0, 50.0
    for line in lines:
        height = 50.0 if line.startswith("^") else 30.0
        text = line.lstrip("^>")
        if line.startswith(">") and seen:
            top, left = seen[-1].top, seen[-1].right + 10
        seen.append(SeenLine(text, confidence, left, top, left + 14 * len(text), top + height))
        top, left = top + height + 10, 50.0
    return Page(1050, 1600, tuple(seen), tuple(SeenCode("QRCode", text) for text in codes))


def one(lines: list[str], *codes: str, region: str = "US", confidence: float = 0.99) -> Card:
    (card,) = read_scan(
        scan(lines, *codes, confidence=confidence), region=region, source="the picture"
    )
    return card


def told(card: Card) -> dict[str, object]:
    return {
        "name": card.name.value if card.name else "",
        "given": card.given,
        "family": card.family,
        "title": card.title.value if card.title else "",
        "org": card.org.value if card.org else "",
        "emails": [e.value for e in card.emails],
        "phones": [p.e164 for p in card.phones],
        "faxes": [p.e164 for p in card.faxes],
    }


@pytest.mark.parametrize("want", CARDS, ids=[card["about"] for card in CARDS])
def test_a_card_of_any_country_is_understood(want: dict[str, Any]) -> None:
    card = one(want["lines"], region=want.get("region", "US"))
    found = told(card)
    asked = {field: want[field] for field in found if field in want}
    assert {field: found[field] for field in asked} == asked
    assert set(want.get("unsure", ())) <= set(card.unsure)
    assert not set(want.get("sure", ())) & set(card.unsure)
    assert all(Address.maybe(e.value) for e in card.emails)
