"""Typed lines about people, in the orders people type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.model.card import Card
from mailflow.model.command import Unclear
from mailflow.reading.cards import line

TODAY = date(2026, 11, 22)  # a Sunday


def read(text: str) -> Card:
    card = line.read(text, today=TODAY)
    assert isinstance(card, Card), card
    return card


def told(card: Card) -> tuple[str, str, str, str]:
    fields = (card.name, card.title, card.org)
    name, title, org = (f.value if f else "" for f in fields)
    return name, title, org, card.emails[0].value


def test_the_whole_line_of_the_handbook() -> None:
    card = read(
        "met Jane Roe <jane@acme.io>, CTO at Acme @PyCon #founders: "
        "wants intros to seed investors; promised our benchmark"
    )
    assert told(card) == ("Jane Roe", "CTO", "Acme", "jane@acme.io")
    assert (card.given, card.family) == ("Jane", "Roe")
    assert (card.event, card.tags) == ("PyCon", ("founders",))
    assert card.wants == "intros to seed investors"
    assert card.promised == "our benchmark"
    assert card.form == "line"
    assert card.doubts == ()


@pytest.mark.parametrize(
    "text",
    [
        "met Jane Roe jane@acme.io CTO at Acme",
        "Met Jane Roe, CTO at Acme, <jane@acme.io>",
        "met Jane Roe, CTO, Acme, jane@acme.io",
        "just met Jane Roe <mailto:jane@acme.io>, CTO of Acme",
        "met jane@acme.io Jane Roe, CTO at Acme",
        "met ROE, Jane <jane@acme.io>, CTO at Acme",
        "met JANE ROE <jane@acme.io>, CTO @ Acme",
        "Jane Roe <jane@acme.io>, CTO, Acme",
        "met Jane Roe jane@acme.io CTO Acme",
        "met Jane Roe - jane@acme.io - CTO - Acme",
        "met Jane Roe, Acme, jane@acme.io, CTO",
        "met Jane Roe, PhD (jane@acme.io) CTO at Acme",
    ],
)
def test_the_order_and_the_commas_do_not_matter(text: str) -> None:
    assert told(read(text)) == ("Jane Roe", "CTO", "Acme", "jane@acme.io")


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("met Jane Roe <jane@acme.io> yesterday", date(2026, 11, 21)),
        ("met Jane Roe yesterday <jane@acme.io>", date(2026, 11, 21)),
        ("met Jane Roe <jane@acme.io> last Tue @PyCon", date(2026, 11, 17)),
        ("met Jane Roe <jane@acme.io> @PyCon last Tue", date(2026, 11, 17)),
        ("met Jane Roe <jane@acme.io>, on 3 May", date(2026, 5, 3)),
        ("met Yang Sun <yang@acme.io>", None),
        ("met May June <may@acme.io>", None),
    ],
)
def test_the_day_is_counted_back_and_names_are_no_days(text: str, on: date | None) -> None:
    card = read(text)
    assert card.met_on == on
    assert card.name is not None
    assert card.name.value in {"Jane Roe", "Yang Sun", "May June"}


def test_a_head_of_data_is_one_title_and_a_founder_of_acme_is_not() -> None:
    assert told(read("met Jane <j@x.io>, Head of Data"))[1:3] == ("Head of Data", "")
    assert told(read("met Jane <j@x.io>, founder of Acme"))[1:3] == ("founder", "Acme")


def test_a_number_on_the_line_is_a_number() -> None:
    card = read("met Jane Roe <jane@acme.de> 0171 1234567, CTO on 3 May 2026")
    assert [(p.e164, p.written) for p in card.phones] == [("+491711234567", "0171 1234567")]
    assert told(card)[1] == "CTO"
    assert card.met_on == date(2026, 5, 3)


def test_at_is_the_company_where_the_domain_says_so_and_else_the_place() -> None:
    assert told(read("met Jane Roe <jane@acme.io> at Acme"))[2] == "Acme"
    assert read("met Jane Roe <jane@acme.io> at the Berlin fair").event == "the Berlin fair"


def test_events_have_years_and_places() -> None:
    assert read("met Jane <j@acme.io> @Slush 2026 Helsinki #ai").event == "Slush 2026 Helsinki"
    card = read("met @PyCon 2026 Jane Roe <jane@acme.io>")
    assert card.event == "PyCon 2026"
    assert told(card)[0] == "Jane Roe"


def test_notes_wishes_and_offers_are_told_apart() -> None:
    card = read("met Jane <j@acme.io>, wants a CFO: nice talk; she offers a desk; likes tea")
    assert (card.wants, card.offers, card.notes) == ("a CFO", "a desk", "nice talk; likes tea")


def test_through_whom_is_kept() -> None:
    assert read("met Jane Roe <jane@acme.io> through Raj Rao").through == "Raj Rao"
    assert read("met Jane Roe through Raj Rao <jane@acme.io>").through == "Raj Rao"


def test_a_name_guessed_from_the_address_is_unsure_and_says_why() -> None:
    card = read("met jane.roe@acme.io")
    assert told(card)[0] == "Jane Roe"
    assert "from the address" in card.doubts[0]
    assert read("met jr@acme.io").name is None


@pytest.mark.parametrize("text", ["met Jane Roe", "met", "", "met @PyCon", "met Jane <jane@>"])
def test_without_an_address_it_says_what_to_write(text: str) -> None:
    found = line.read(text, today=TODAY)
    assert isinstance(found, Unclear)
    assert "<ADDRESS>" in found.reason


def test_nothing_hidden_gets_into_a_name() -> None:
    card = read("met Jane\u202e Roe\x07 <jane@acme.io>")
    assert told(card)[0] == "Jane Roe"


@given(st.text(max_size=500))
def test_no_line_ever_raises(text: str) -> None:
    line.read(text, today=TODAY)
    line.marks(text)


WORDS = st.sampled_from(
    ["met", "Jane", "<a@b.io>", "a@b.io", "@E", "#t", ",", ":", ";", "at", "wants", "<", ">", "@"]
)


@given(st.lists(WORDS, max_size=15))
def test_no_line_of_such_words_ever_raises(words: list[str]) -> None:
    line.read(" ".join(words), today=TODAY)
    line.read("".join(words), today=TODAY)


@pytest.mark.parametrize("piece", ["<", "@a ", "a@b.io ", ", at ", ": ", "#x", "met "])
def test_a_line_of_a_megabyte_is_cut_not_read(piece: str) -> None:
    line.read(piece * (1_000_000 // len(piece)), today=TODAY)


@pytest.mark.parametrize(
    ("text", "title", "org"),
    [
        ("met Jane Roe (CTO, Acme) jane@acme.io", "CTO", "Acme"),
        ("met Jane Roe (Acme) <jane@acme.io>", "", "Acme"),
        ("met Jane Roe from Acme jane@acme.io", "", "Acme"),
        ("met Jane Roe of Acme, jane@acme.io", "", "Acme"),
        ("met Jane Roe, email: jane@acme.io, CTO at Acme", "CTO", "Acme"),
        ("met Jane Roe mail: jane@acme.io", "", ""),
        ("met Jane Roe email jane@acme.io", "", ""),
        ("met: Jane Roe <jane@acme.io>", "", ""),
        ("met - Jane Roe <jane@acme.io>", "", ""),
        ("met with Jane Roe jane@acme.io", "", ""),
        ("met Jane Roe\t<jane@acme.io>\tCTO\tAcme", "CTO", "Acme"),
        ("met Jane Roe | CTO | Acme | jane@acme.io", "CTO", "Acme"),
        ("met Jane Roe<jane@acme.io>,CTO at Acme", "CTO", "Acme"),
        ("met Jane Roe <jane@acme.io> CTO, Acme, Berlin", "CTO", "Acme"),
        ("met Jane Roe <jane@acme.io>, she is CTO at Acme", "CTO", "Acme"),
        ("met Jane Roe <jane@acme.io>, co-founder of Acme", "co-founder", "Acme"),
        ("met Jane Roe, Head of Data at Acme GmbH, jane@acme.io", "Head of Data", "Acme GmbH"),
        ("met Jane Roe (jane [at] acme [dot] io)", "", ""),
        ("met Jane Roe (she/her) <jane@acme.io>, CTO at Acme", "CTO", "Acme"),
        ("met “Jane Roe” <jane@acme.io>", "", ""),
    ],
)
def test_labels_brackets_and_joints_are_understood(text: str, title: str, org: str) -> None:
    assert told(read(text)) == ("Jane Roe", title, org, "jane@acme.io")


@pytest.mark.parametrize(
    ("text", "event", "day"),
    [
        ("met Jane Roe <jane@acme.io> yesterday at PyCon", "PyCon", date(2026, 11, 21)),
        ("met Jane Roe <jane@acme.io> last Tue @PyCon", "PyCon", date(2026, 11, 17)),
        ("met Jane Roe, jane@acme.io, yesterday", "", date(2026, 11, 21)),
        ("met Jane Roe at PyCon: jane@acme.io, CTO at Acme", "PyCon", None),
        ("met Jane Roe <jane@acme.io> two days ago", "", date(2026, 11, 20)),
        ("met Jane Roe <jane@acme.io> on Friday", "", date(2026, 11, 20)),
        ("met Jane Roe <jane@acme.io> 2026-11-18 @PyCon", "PyCon", date(2026, 11, 18)),
        ("met Jane Roe <jane@acme.io> @PyCon yesterday #founders", "PyCon", date(2026, 11, 21)),
        ("Met Jane Roe (jane@acme.io) at Slush last week", "Slush", date(2026, 11, 15)),
        ("met Jane Roe <jane@acme.io> at the PyCon dinner", "the PyCon dinner", None),
    ],
)
def test_where_and_when_stand_anywhere(text: str, event: str, day: date | None) -> None:
    card = read(text)
    assert (card.event, card.met_on) == (event, day)
    assert card.name is not None
    assert card.name.value == "Jane Roe"


def test_two_people_on_one_line_are_not_made_one() -> None:
    found = line.read("met Jane Roe and Raj Rao <jane@acme.io> <raj@pay.io>", today=TODAY)
    assert isinstance(found, Unclear)
    assert "One person a line" in found.reason


def test_a_nickname_in_brackets_is_part_of_the_name() -> None:
    assert told(read("met Robert (Bob) Smith <bob@acme.io>"))[0] == "Robert (Bob) Smith"
