"""An address is read from a field only where it stands there as a word of its own."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mailflow.model.text import printable
from mailflow.reading.address_field import MAX_FIELD, address, addresses
from mailflow.reading.cards import mecard, vcard
from mailflow.reading.contacts import cells

EVIL = "evil@y.org"


def shown(text: str) -> list[str]:
    return [str(each) for each in addresses(text)[0]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("jane@x.org", ["jane@x.org"]),
        ("<jane@x.org>", ["jane@x.org"]),
        ("mailto:jane@x.org?subject=hi", ["jane@x.org"]),
        ("MAILTO:jane@x.org", ["jane@x.org"]),
        ("Jane Roe <jane@x.org>", ["jane@x.org"]),
        ("Roe, Jane <jane@x.org>", ["jane@x.org"]),
        ('"Roe, Jane" <jane@x.org>', ["jane@x.org"]),
        (f'"Roe <{EVIL}>" <jane@x.org>', ["jane@x.org"]),
        (f"jane@x.org (not {EVIL})", ["jane@x.org"]),
        ("jane@x.org <jane@x.org>", ["jane@x.org"]),
        ("jane @ x.org", ["jane@x.org"]),
        ("'jane@x.org'", ["jane@x.org"]),
        ('"jane@x.org"', ["jane@x.org"]),
        ("“jane@x.org”", ["jane@x.org"]),
        ("o'brien@x.org.", ["o'brien@x.org"]),
        ("jane@x.org; raj@y.org, jane@x.org", ["jane@x.org", "raj@y.org"]),
        ("Jane <jane@x.org>, Raj <raj@y.org>", ["jane@x.org", "raj@y.org"]),
    ],
)
def test_what_people_and_programs_write_is_read(text: str, found: list[str]) -> None:
    assert shown(text) == found


@pytest.mark.parametrize(
    "text",
    [
        f'"a b\\"<{EVIL}>"@x.org',
        f'"a <{EVIL}>"@x.org',
        f'"a,{EVIL},b"@x.org',
        f'"{EVIL}>"@x.org',
        f'"{EVIL}"@x.org',
        f'{EVIL}"@x.org',
        f'"a {EVIL}',
        f"(a {EVIL}",
        f"jane(a)b{EVIL}",
        f'jane"a"{EVIL}',
        f'"jane"{EVIL}',
        f"jane@x.org <{EVIL}>",
        f"jane@x.org>{EVIL}",
        f"jane\\ {EVIL}",
        "Jane Roe jane at x.org",
        "jane@",
        "@x.org",
        f"@x.org:{EVIL}",
        f"{'a' * MAX_FIELD} {EVIL}",
        "(jane@x.org)",
    ],
)
def test_what_could_mean_another_address_is_none_and_said(text: str) -> None:
    found, bad = addresses(text)
    assert found == []
    assert bad
    assert address(text) is None


def test_several_are_no_one_address() -> None:
    assert address("jane@x.org, raj@y.org") is None
    assert address("jane@x.org") is not None


WORDS = st.sampled_from(
    ["jane@x.org", EVIL, "a", "b.c", "x.org", "@", '"', "\\", "\\\\", "<", ">", "(", ")", "[", "]",
     ",", ";", ":", " ", "mailto:", "?", "'", "..", "é", "\u200b", "@y.org"]
)  # fmt: skip
FIELDS = st.lists(WORDS, max_size=14).map("".join)


def outside_quotes(text: str) -> list[str]:
    """The words outside quotes and comments: whoever reads the field by eye sees these."""
    kept, depth, quoted, escaped = "", 0, False, False
    for char in text:
        if escaped:
            escaped = False
            kept += "" if quoted or depth else char
        elif char == "\\":
            escaped = quoted or depth > 0
            kept += "" if escaped else char
        elif quoted:
            quoted = char != '"'
        elif depth:
            depth += {"(": 1, ")": -1}.get(char, 0)
        elif char == '"':
            quoted = True
        elif char == "(":
            depth = 1
        else:
            kept += char
        if not (quoted or depth) and char in '")':
            kept += " "
    kept = "@".join(part.strip() for part in kept.split("@"))
    for mark in "<>[],;":
        kept = kept.replace(mark, " ")
    return [word.strip("'.:").removeprefix("mailto:") for word in kept.split()]


@given(FIELDS)
@example(f'"a b\\"<{EVIL}>"@x.org')
def test_an_address_is_never_one_the_field_does_not_hold_as_a_word_outside_quotes(
    text: str,
) -> None:
    plain = printable(text, MAX_FIELD)
    bare = plain[1:-1] if plain.count('"') == 2 and plain[0] == plain[-1] == '"' else plain
    words = {word.partition("?")[0].casefold() for word in outside_quotes(bare)}
    words |= {word.casefold() for word in outside_quotes(bare)}
    for found in addresses(text)[0]:
        assert found.key in words


@given(FIELDS)
def test_a_card_a_code_and_a_table_read_no_other_address(text: str) -> None:
    value = text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    data = f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:J R\r\nEMAIL:{value}\r\nEND:VCARD\r\n"
    (card,), _ = vcard.read(data.encode(), "jane.vcf", region="DE")
    wanted = shown(text)
    assert [each.value for each in card.emails] == wanted
    assert [str(each) for each in cells.addresses([text])[0]] == wanted
    fields = mecard.Fields()
    fields.add("N", "J R")
    fields.add("EMAIL", text)
    coded = mecard.card(fields, "DE", "a code")
    assert coded is not None
    assert {each.value for each in coded.emails} <= set(wanted)


@pytest.mark.parametrize(
    "unit", ['"', "(", "\\", "<a@b.org>", '"a" ', "a@", ",", "(" * 9 + ")" * 9]
)
def test_a_field_of_any_length_costs_next_to_nothing(unit: str) -> None:
    began = time.process_time()
    for size in (MAX_FIELD // len(unit), 200_000):
        addresses(unit * size)
    assert time.process_time() - began < 2
