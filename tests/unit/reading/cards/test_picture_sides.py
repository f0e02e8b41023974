"""Which lines are whose: labels beside values, names over two lines, two cards, two sides."""

from mailflow.model.card import Card
from mailflow.model.scan import Page, Scan, SeenLine
from mailflow.reading.cards.picture import read_scan
from tests.unit.reading.cards.test_picture import one, page, told

JANE = ["^Jane Roe", "CTO", "Acme Ltd", "jane.roe@acme.io", "+44 20 7946 0018"]
RAJ = ["^Raj Rao", "Founder", "Bodhi Labs", "raj@bodhilabs.in", "+91 98450 12345"]


def cards_of(*pages: Page) -> tuple[Card, ...]:
    return read_scan(Scan(pages), region="US", source="the picture")


def moved(lines: list[str], right: float = 0, down: float = 0) -> list[SeenLine]:
    return [
        SeenLine(
            line.text, line.confidence, line.left + right, line.top + down, line.right + right,
            line.bottom + down,
        )
        for line in page(lines).lines
    ]  # fmt: skip


def test_a_name_over_two_lines_is_one_name() -> None:
    card = one(["^MARIA", "^SANTOS", "Directora", "maria.santos@luz.pt"])
    assert told(card)["name"] == "Maria Santos"
    assert "name" not in card.unsure


def test_a_long_surname_below_the_given_names_belongs_to_the_name() -> None:
    card = one(["^María José", "^de la Fuente Solís", "Abogada", "mjdelafuente@fuentesolis.com"])
    assert (card.given, card.family) == ("María José", "de la Fuente Solís")


def test_a_company_above_a_name_is_no_part_of_it() -> None:
    card = one(["^Blue Harbor", "^Sarah Quinn", "Manager", "sarah.quinn@blueharbor.com"])
    assert told(card)["name"] == "Sarah Quinn"
    assert told(card)["org"] == "Blue Harbor"


def test_labels_in_a_column_of_their_own_say_what_the_numbers_are() -> None:
    card = one(
        ["^Jane Roe", "CTO", "Tel", ">+44 20 7946 0018", "Fax", ">+44 20 7946 0019", "Email",
         ">jane.roe@acme.io"]
    )  # fmt: skip
    assert told(card)["phones"] == ["+442079460018"]
    assert told(card)["faxes"] == ["+442079460019"]
    assert told(card)["emails"] == ["jane.roe@acme.io"]


def test_a_label_above_a_number_says_what_it_is() -> None:
    card = one(["^Jane Roe", "CTO", "FAX", "+44 20 7946 0019", "PHONE", "+44 20 7946 0018"])
    assert told(card)["phones"] == ["+442079460018"]
    assert told(card)["faxes"] == ["+442079460019"]


def test_an_address_over_two_lines_is_put_together() -> None:
    card = one(["^Bartholomew Featherstone", "Curator", "bartholomew.featherstone@",
                "museumofquietthings.org"])  # fmt: skip
    assert told(card)["emails"] == ["bartholomew.featherstone@museumofquietthings.org"]


def test_an_address_parted_before_its_sign_is_put_together() -> None:
    card = one(["^Bartholomew Featherstone", "bartholomew.featherstone", "@quietthings.org"])
    assert told(card)["emails"] == ["bartholomew.featherstone@quietthings.org"]


def test_two_cards_side_by_side_are_two_people() -> None:
    lines = moved(JANE) + moved(RAJ, right=900)
    lines.sort(key=lambda line: line.top)
    cards = cards_of(Page(2000, 600, tuple(lines)))
    assert sorted(str(told(c)["name"]) for c in cards) == ["Jane Roe", "Raj Rao"]
    assert {str(told(c)["name"]): told(c)["phones"] for c in cards} == {
        "Jane Roe": ["+442079460018"],
        "Raj Rao": ["+919845012345"],
    }


def test_two_cards_one_above_the_other_are_two_people() -> None:
    cards = cards_of(Page(1000, 1600, tuple(moved(JANE) + moved(RAJ, down=700))))
    assert [told(c)["emails"] for c in cards] == [["jane.roe@acme.io"], ["raj@bodhilabs.in"]]


def test_four_cards_on_one_picture_are_four_people() -> None:
    ada = ["^Ada King", "Analyst", "ada.king@engines.org"]
    noa = ["^Noa Levi", "Designer", "noa.levi@studio-levi.co.il"]
    lines = [
        *moved(JANE), *moved(RAJ, right=900), *moved(ada, down=700),
        *moved(noa, right=900, down=700),
    ]  # fmt: skip
    assert len(cards_of(Page(2000, 1600, tuple(lines)))) == 4


def test_a_person_with_two_addresses_is_one() -> None:
    lines = moved([*JANE, "jane.roe@gmail.com"])
    (card,) = cards_of(Page(1000, 800, tuple(lines)))
    assert told(card)["emails"] == ["jane.roe@acme.io", "jane.roe@gmail.com"]


def test_front_and_back_of_one_card_are_one_person() -> None:
    front = page(["^Jane Roe", "Chief Technology Officer"])
    back = page(["Acme Ltd", "jane.roe@acme.io", "+44 20 7946 0018", "www.acme.io"])
    (card,) = cards_of(front, back)
    assert told(card)["name"] == "Jane Roe"
    assert told(card)["emails"] == ["jane.roe@acme.io"]
    assert card.unsure == ()


def test_a_back_with_a_motto_adds_no_person() -> None:
    (card,) = cards_of(page(JANE), page(["^Better Together", "www.acme.io"]))
    assert told(card)["name"] == "Jane Roe"


def test_two_sides_in_two_languages_are_one_person() -> None:
    front = page(["株式会社青空", "部長", "^山本 健太", "03-3212-3456", "k.yamamoto@aozora.co.jp"])
    back = page(["Aozora Inc.", "^Kenta Yamamoto", "Manager", "+81 3 3212 3456",
                 "k.yamamoto@aozora.co.jp"])  # fmt: skip
    (card,) = cards_of(front, back)
    assert told(card)["name"] == "Kenta Yamamoto"
    assert told(card)["phones"] == ["+81332123456"]


def test_two_people_on_two_pages_stay_two() -> None:
    assert len(cards_of(page(JANE), page(RAJ))) == 2


def test_lines_without_places_are_read_in_their_order() -> None:
    lines = tuple(SeenLine(text.lstrip("^"), 0.99, 0, 0, 0, 0) for text in JANE)
    (card,) = cards_of(Page(0, 0, lines))
    assert told(card)["name"] == "Jane Roe"
    assert told(card)["title"] == "CTO"


def test_an_empty_picture_is_nobody() -> None:
    assert cards_of(Page(100, 100)) == ()
    assert read_scan(Scan(()), region="US", source="the picture") == ()


def test_each_field_says_which_line_it_stands_on() -> None:
    card = one(JANE)
    assert card.name is not None and card.name.source == "line 1 of the picture"
    assert card.emails[0].source == "line 4 of the picture"
    assert card.phones[0].source == "line 5 of the picture"
    assert card.org is not None and card.org.source == "line 3 of the picture"
