"""How well and how fast cards are read: signature blocks, vCards, hostile files, pictures."""

import tomllib
from collections import Counter
from pathlib import Path
from time import process_time

from benchmarks import pictures
from mailflow.model.card import Card
from mailflow.reading.cards import signature, vcard

BLOCKS = Path(__file__).parent.parent / "tests" / "unit" / "reading" / "cards" / "signatures.toml"
FIELDS = ("name", "title", "org", "emails", "phones", "faxes", "urls", "postal")
ROUNDS = 40
HOSTILE = {
    "100,000 cards": b"BEGIN:VCARD\nFN:J\nEND:VCARD\n" * 100_000,
    "a line of 4 MB": b"BEGIN:VCARD\nFN:" + b"J" * 4_000_000 + b"\nEND:VCARD\n",
    "50,000 nested groups": b"BEGIN:VCARD\n" + b"AGENT:\nBEGIN:VCARD\n" * 50_000,
    "1 MB of parameters": b"BEGIN:VCARD\nTEL" + b";a=b" * 250_000 + b":1\nEND:VCARD\n",
}


def main() -> None:
    """Print a row a field, and what a card costs."""
    blocks = tomllib.loads(BLOCKS.read_text(encoding="utf-8"))["block"]
    begun = process_time()
    for _ in range(ROUNDS):
        cards = [signature.read(block["text"], sender=None, region="US") for block in blocks]
    spent = (process_time() - begun) / ROUNDS / len(blocks)
    right = Counter(
        field
        for block, card in zip(blocks, cards, strict=True)
        for field in FIELDS
        if _value(card, field) == block.get(field, _value(Card(), field))
    )
    print(f"{len(blocks)} signature blocks of our own, {spent * 1000:.1f} ms each")
    for field in FIELDS:
        print(f"  {field:8} right in {right[field] / len(blocks):.0%}")
    _vcards()
    pictures.main()


def _value(card: Card, field: str) -> object:
    """The field as the blocks of the tests spell it."""
    match field:
        case "emails":
            return [email.value for email in card.emails]
        case "phones" | "faxes":
            return [phone.e164 for phone in getattr(card, field)]
        case "urls":
            return list(card.urls)
        case "postal":
            return card.postal
    reading = getattr(card, field)
    return reading.value if reading else ""


def _vcards() -> None:
    one = (
        b"BEGIN:VCARD\nVERSION:3.0\nFN:Jane Roe\nN:Roe;Jane\n"
        b"EMAIL:j@acme.de\nTEL:030 2345678\nEND:VCARD\n"
    )
    begun = process_time()
    for _ in range(500):
        vcard.read(one, "jane.vcf", region="DE")
    print(f"a vCard in {(process_time() - begun) * 2:.2f} ms")
    for name, data in HOSTILE.items():
        begun = process_time()
        read, problems = vcard.read(data, "hostile.vcf", region="DE")
        spent = process_time() - begun
        print(f"  {name:22} {spent:5.2f} s, {len(read)} cards, {len(problems)} sentences")
