"""What an engine misreads is put right where the card proves it, and said where it does not."""

import pytest

from mailflow.model.card import Card
from tests.unit.reading.cards.test_picture import one, told


def emails(*lines: str) -> list[str]:
    return [e.value for e in one(list(lines)).emails]


def unsure(*lines: str) -> tuple[str, ...]:
    return one(list(lines)).unsure


@pytest.mark.parametrize(
    "written",
    ["jane.roe@acme.io", "Email: jane.roe@acme.io", "E jane.roe@acme.io", "Emailjane.roe@acme.io",
     "E-Mail:jane.roe@acme.io", "e: jane.roe@acme.io", "jane.roe @ acme.io", "jane.roe@ acme.io",
     "jane.roe@acme. io", "jane.roe@acme .io", "jane. roe@acme.io", "jane.roe@acme,io",
     "jane.roe(@)acme.io", "jane.roe(@acme.io", "jane.roe [at] acme.io", "jane.roe©acme.io",
     "jane.roe@acme.1o", "JANE.ROE@ACME.IO", "mailto:jane.roe@acme.io", "jane.roeQacme.io",
     "✉ jane.roe@acme.io", "jane.roe@acme.io.", "<jane.roe@acme.io>", "jane .roe@acme.io"],
)  # fmt: skip
def test_an_address_is_read_however_the_engine_wrote_it(written: str) -> None:
    assert emails("^Jane Roe", "CTO", "Acme", written, "www.acme.io") == ["jane.roe@acme.io"]


def test_a_lost_low_line_is_put_back_in_doubt() -> None:
    card = one(["^Lucía Fernández", "Email: lucia fernandez@luz.es", "www.luz.es"])
    assert told(card)["emails"] == ["lucia_fernandez@luz.es"]
    assert "lucia.fernandez@luz.es" in card.emails[0].doubt


def test_a_blank_inside_a_local_part_is_taken_out() -> None:
    assert emails("^Ananya Iyer", "E: iy er@studio.in", "studio.in") == ["iyer@studio.in"]


def test_a_letter_that_misses_from_the_address_is_said() -> None:
    card = one(["^Chloé Béranger", "chle.beranger@sante.fr", "www.sante.fr"])
    assert "emails" in card.unsure
    assert "chloe.beranger@sante.fr" in card.emails[0].doubt


def test_a_letter_changed_in_the_address_is_said() -> None:
    assert "emails" in unsure("^Takeharu Mori", "tokeharu@mori.co.jp", "www.mori.co.jp")


def test_a_host_a_letter_off_the_company_is_said() -> None:
    card = one(["Verdant Analytics Ltd", "^Jane Roe", "jane.roe@verdantanaiytics.com"])
    assert "emails" in card.unsure
    assert "jane.roe@verdantanalytics.com" in card.emails[0].doubt


def test_a_host_is_put_right_by_the_company_and_the_link() -> None:
    assert emails("Verdant Analytics Ltd", "^Jane Roe", "jane.roe@verdantanaiytics.com",
                  "www.verdantanalytics.com") == ["jane.roe@verdantanalytics.com"]  # fmt: skip


def test_a_shared_mailbox_a_letter_off_is_said() -> None:
    assert "emails" in unsure("^Jane Roe", "nfo@acme.io", "www.acme.io", "Acme Ltd")


def test_two_firms_hosts_with_other_endings_are_both_right() -> None:
    card = one(["^Jane Roe", "jane.roe@acme.de", "www.acme.com", "Acme"])
    assert told(card)["emails"] == ["jane.roe@acme.de"]
    assert "emails" not in card.unsure


def test_an_address_that_is_there_and_cannot_be_read_is_missed() -> None:
    assert "emails" in unsure("^Jane Roe", "CTO", "jane.roe@@@", "+44 20 7946 0018")


def test_a_number_that_begins_and_cannot_be_read_is_missed() -> None:
    assert "phones" in unsure("^Jane Roe", "CTO", "jane.roe@acme.io", "+65-x189-zz")


def test_a_misread_plus_is_put_right_in_doubt() -> None:
    card = one(
        ["^Priya Hill", "61(0)212718680", "1161 (0)412 963608", "Sydney NSW 2000, Australia"]
    )
    assert told(card)["phones"] == ["+61212718680", "+61412963608"]
    assert "phones" in card.unsure


def test_a_hard_line_is_unsure_and_names_the_line() -> None:
    card = one(["^Jane Roe", "CTO", "+44 20 7946 0018"], confidence=0.6)
    assert {"name", "phones"} <= set(card.unsure)
    assert all(card.doubts)


def test_an_accent_that_is_usual_is_the_next_best_reading() -> None:
    card = one(["^Benoit Dupont", "benoit@energie.fr", "75011 Paris, France"])
    assert card.name is not None
    assert card.name.value == "Benoit Dupont"
    assert "Benoît Dupont" in card.name.doubt


def test_a_given_name_misread_is_said() -> None:
    card = one(["^Lvcía Núñez", "lnunez@punto.es", "www.punto.es"])
    assert card.name is not None and "name" in card.unsure


@pytest.mark.parametrize(
    ("printed", "name"),
    [("Dr.Anja Weiß", "Anja Weiß"), ("ÁgnesKőszegi, PhD", "Ágnes Kőszegi"),
     ("ROE, Jane", "Jane Roe"), ("Susan M. Parker, GRI, ABR", "Susan M. Parker"),
     ("Giulia D'Ange|o", "Giulia D'Angelo"), ("DlANA MClNTYRE", "Diana McIntyre"),
     ("Prof. Dr. rer. nat. Hans Müller", "Hans Müller"), ("Jane Roe (she/her)", "Jane Roe"),
     ("MARIA DE LOS SANTOS", "Maria de los Santos"), ("WiIliam Hart", "William Hart")],
)  # fmt: skip
def test_a_name_is_read_however_it_is_printed(printed: str, name: str) -> None:
    assert told(one([f"^{printed}", "Managing Director", "Acme Ltd"]))["name"] == name


@pytest.mark.parametrize(
    ("line", "phones", "faxes"),
    [("Tel/Fax +44 20 7946 0018", ["+442079460018"], []),
     ("T +44 20 7946 0018 F +44 20 7946 0019", ["+442079460018"], ["+442079460019"]),
     ("+44 20 7946 0018 (Fax)", [], ["+442079460018"]),
     ("+44 20 7946 0018 / +44 20 7946 0019", ["+442079460018", "+442079460019"], []),
     ("+442079460018+442079460019", ["+442079460018", "+442079460019"], []),
     ("0044 (0)20 7946 0018", ["+442079460018"], []),
     ("Office: +44 20 7946 0018 ext. 204", ["+442079460018"], []),
     ("Meb. : +44 20 7946 0018", ["+442079460018"], []),
     ("TeL:+44 20 7946 OO18", ["+442079460018"], []),
     ("Since 1987 - 2019", [], []), ("Company No. 12345678", [], [])],
)  # fmt: skip
def test_numbers_are_found_and_faxes_told_apart(
    line: str, phones: list[str], faxes: list[str]
) -> None:
    found = told(one(["^Jane Roe", "CTO", line, "jane.roe@acme.co.uk"]))
    assert (found["phones"], found["faxes"]) == (phones, faxes)


@pytest.mark.parametrize(
    ("written", "url"),
    [("www.acme.io", "www.acme.io"), ("Www.acme.io", "www.acme.io"), ("W acme.io", "acme.io"),
     ("Web: https://acme.io/team", "https://acme.io/team"), ("wwwacme.io", "www.acme.io"),
     ("www,acme,io", "www.acme.io"), ("https:/acme.io", "https://acme.io"),
     ("w.acme.io", "acme.io"), ("www. acme.io", "www.acme.io"), ("wwww.acme.io", "www.acme.io"),
     ("linkedin.com/in/janeroe", "linkedin.com/in/janeroe"), ("acme.io", "acme.io")],
)  # fmt: skip
def test_a_link_is_read_however_the_engine_wrote_it(written: str, url: str) -> None:
    assert one(["^Jane Roe", "CTO", written]).urls == (url,)


def test_every_doubt_is_a_sentence_for_the_owner() -> None:
    cards: list[Card] = [
        one(["^Jane Roe", "xk71q@fpzlbb.com"]), one(["+49 30 1234567", "maria.stein@werk.de"]),
        one(["^Xk Qorv", "CEO", "x@saomai.vn"]), one(["^Jane Roe", "Tel 555 01"]),
    ]  # fmt: skip
    for card in cards:
        assert card.doubts
        assert all((doubt.endswith((".", "?")) and doubt[0].isupper()) or doubt[0] == "“"
                   for doubt in card.doubts)  # fmt: skip


def test_a_country_code_a_digit_off_the_cards_country_is_said() -> None:
    card = one(
        ["^Ana Ruiz", "Tel: +84 810 78 92 49", "Móvil +34 612 47 21 54", "28013 Madrid, España"]
    )
    assert "phones" in card.unsure
    assert "+34" in next(p.doubt for p in card.phones if p.doubt)


def test_a_title_misread_is_no_part_of_the_name() -> None:
    assert told(one(["^Ptof. Gülşen Şahin", "gulsen@medya.com.tr"]))["name"] == "Gülşen Şahin"


def test_an_address_that_lost_its_sign_is_missed() -> None:
    assert "emails" in unsure("^Martín Castro", "Director", "martin.castrooctave-consulting.io")


def test_a_name_and_a_title_in_one_line_are_parted_only_where_a_person_is_known() -> None:
    known = one(["^Jane Roe Sales Manager", "jane.roe@acme.io"])
    assert (told(known)["name"], told(known)["title"]) == ("Jane Roe", "Sales Manager")
    field = one(["^Jane Roe", "Customer Success Manager", "jane.roe@acme.io"])
    assert told(field)["title"] == "Customer Success Manager"


@pytest.mark.parametrize(
    ("lines", "phone"),
    [(["^Hermann Vogt", "Geschäftsführer", "Mobil 0171 2345678"], "+491712345678"),
     (["^Ana Ruiz", "Gerente de Ventas", "Móvil 612 345 678"], "+34612345678"),
     (["^Luca Neri", "Responsabile Vendite", "Cell. 347 123 4567"], "+393471234567"),
     (["^Anna Berg", "Grundare", "Mobil 070-123 45 67"], "+46701234567"),
     (["^Chloé Petit", "Directrice", "Portable 06 12 34 56 78"], "+33612345678")],
)  # fmt: skip
def test_the_language_of_the_words_tells_where_a_number_is_dialled(
    lines: list[str], phone: str
) -> None:
    card = one(lines)
    assert told(card)["phones"] == [phone]
    assert "phones" not in card.unsure


def test_the_home_of_a_given_name_is_a_guess_and_said_so() -> None:
    card = one(["^Folake Bello", "Partner", "Phone 0802 131 0443"])
    assert told(card)["phones"] == ["+2348021310443"]
    assert "phones" in card.unsure


def test_a_label_stuck_to_a_link_is_known_by_the_address() -> None:
    assert one(["^Jane Roe", "jane.roe@orchid.com.au", "worchid.com.au"]).urls == ("orchid.com.au",)


@pytest.mark.parametrize("name", ["James Dean", "Tom Baker", "Anna Page", "Laura Marshall"])
def test_a_family_name_that_is_the_word_of_a_title_is_a_name(name: str) -> None:
    assert told(one([f"^{name}", "Senior Analyst", "Acme Ltd", "+44 20 7946 0018"]))["name"] == name


@pytest.mark.parametrize(
    ("lines", "name"),
    [(["^Zdeňka Št'astná", "zdenka@dilna.cz"], "Zdeňka Šťastná"),
     (["^Răzvan Mǎrginean", "razvan@atelier.ro"], "Răzvan Mărginean"),
     (["^GÁBOR KÔRÖSI", "gabor@muhely.hu"], "Gábor Kőrösi"),
     (["^Lê Vǎn An", "an@saomai.vn", "Đà Nẵng"], "Lê Văn An")],
)  # fmt: skip
def test_an_accent_that_the_language_does_not_have_is_the_one_it_has(
    lines: list[str], name: str
) -> None:
    assert told(one(lines))["name"] == name
