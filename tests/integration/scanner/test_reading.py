"""Cards are read whichever way they lie, in the formats and the light that phones produce."""

from pathlib import Path

import pytest
from PIL import Image

from mailflow.model.scan import Page, Scan
from mailflow.scanner.scanner import Scanner
from tests.integration.scanner.drawing import (
    JANE,
    RAJ,
    as_bytes,
    card,
    dimmed,
    has_accents,
    photo,
    with_code,
)

EVERY_LINE = [text for text, _ in JANE]


def read(scanner: Scanner, data: bytes, filename: str = "card.jpg") -> Scan:
    found = scanner.scan(data, filename)
    assert isinstance(found, Scan), found
    return found


def only(scan: Scan) -> Page:
    (page,) = scan.pages
    return page


def texts(page: Page) -> list[str]:
    return [line.text for line in page.lines]


def without_spaces(said: Page | list[str]) -> list[str]:
    """For where the engine runs words together, which is not what is shown there."""
    lines = texts(said) if isinstance(said, Page) else said
    return [text.replace(" ", "") for text in lines]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "GIF", "PDF"])
def test_a_flat_card_is_read_line_by_line_in_every_format(scanner: Scanner, kind: str) -> None:
    scan = read(scanner, as_bytes(card(), kind))
    assert without_spaces(only(scan)) == without_spaces(EVERY_LINE)
    assert scan.problems == ()


def test_a_heic_as_phones_take_it_is_read(scanner: Scanner) -> None:
    # the card of drawing.py, 900 × 540, written by heif-enc: no library here writes this format
    data = Path(__file__).with_name("jane.heic").read_bytes()
    assert texts(only(read(scanner, data, "jane.heic"))) == EVERY_LINE


def test_the_kind_of_a_file_is_told_by_its_bytes_not_its_name(scanner: Scanner) -> None:
    assert texts(only(read(scanner, as_bytes(card(), "PNG"), "card.pdf"))) == EVERY_LINE


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_a_photo_is_read_whichever_way_the_camera_was_held(scanner: Scanner, angle: int) -> None:
    turned = photo(card()).rotate(angle, expand=True)
    page = only(read(scanner, as_bytes(turned)))
    assert texts(page) == EVERY_LINE
    assert page.width > page.height


def test_the_orientation_the_camera_noted_is_followed(scanner: Scanner) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its left side: turn it clockwise
    lying = photo(card()).rotate(90, expand=True)
    assert texts(only(read(scanner, as_bytes(lying, exif=exif)))) == EVERY_LINE


@pytest.mark.parametrize("angle", [-12, 8])
def test_lines_of_a_tilted_photo_are_told_level(scanner: Scanner, angle: int) -> None:
    tilted = photo(card()).rotate(angle, expand=True, fillcolor="#6b4a2f")
    page = only(read(scanner, as_bytes(tilted)))
    assert texts(page) == EVERY_LINE
    assert all(line.bottom - line.top < 90 for line in page.lines)
    assert all(0 <= line.left < line.right <= page.width for line in page.lines)
    assert all(0 <= line.top < line.bottom <= page.height for line in page.lines)


def test_a_dark_card_is_read(scanner: Scanner) -> None:
    dark = card(paper="#1d2433", ink="#e8e0d0")
    assert texts(only(read(scanner, as_bytes(photo(dark))))) == EVERY_LINE


def test_a_photo_in_a_dim_room_is_read(scanner: Scanner) -> None:
    assert texts(only(read(scanner, as_bytes(dimmed(photo(card())))))) == EVERY_LINE


def test_what_is_see_through_lies_on_white(scanner: Scanner) -> None:
    drawn = card().convert("L")
    inked = Image.new("RGBA", drawn.size, (0, 0, 0, 0))
    inked.putalpha(drawn.point(lambda value: 255 - value))
    assert texts(only(read(scanner, as_bytes(inked, "PNG")))) == EVERY_LINE


def test_lines_beside_each_other_are_told_from_left_to_right(scanner: Scanner) -> None:
    both = Image.new("RGB", (1400, 600), "white")
    both.paste(card((("Fon +49 30 2345678", 30),), size=(650, 600)), (0, 0))
    both.paste(card((("Fax +49 30 2345679", 30),), size=(650, 600)), (700, 4))
    assert texts(only(read(scanner, as_bytes(both)))) == [
        "Fon +49 30 2345678",
        "Fax +49 30 2345679",
    ]


def test_each_page_of_a_document_is_told(scanner: Scanner) -> None:
    for kind in ("PDF", "TIFF"):
        data = as_bytes(card(), kind, save_all=True, append_images=[card(RAJ)])
        front, back = read(scanner, data).pages
        assert without_spaces(front) == without_spaces(EVERY_LINE)
        assert texts(back)[0] == "Raj Rao"


@pytest.mark.parametrize("table", ["#4a3020", "#f2f2ee"])
def test_two_cards_on_one_picture_are_two_pages_with_their_codes(
    scanner: Scanner, table: str
) -> None:
    seen = Image.new("RGB", (1800, 1500), table)
    seen.paste(with_code(card(size=(900, 540)), "https://acme-robotics.com"), (120, 90))
    seen.paste(card(RAJ, size=(900, 540)), (700, 830))
    jane, raj = read(scanner, as_bytes(seen)).pages
    assert texts(jane) == EVERY_LINE
    assert [code.text for code in jane.codes] == ["https://acme-robotics.com"]
    assert texts(raj) == [text for text, _ in RAJ]
    assert raj.codes == ()


def test_one_card_in_two_columns_stays_one(scanner: Scanner) -> None:
    wide = Image.new("RGB", (1000, 600), "white")
    wide.paste(card(JANE[:3], size=(480, 600)), (0, 0))
    wide.paste(card(JANE[3:], size=(480, 300)), (500, 290))
    assert sorted(texts(only(read(scanner, as_bytes(photo(wide)))))) == sorted(EVERY_LINE)


@pytest.mark.parametrize(
    "said",
    [
        "https://example.org/jane",
        "MECARD:N:Muñoz,Núria;TEL:+34612345678;;",
        "BEGIN:VCARD\nFN:李\nEND:VCARD",
    ],
)
def test_a_code_says_exactly_what_was_put_in(scanner: Scanner, said: str) -> None:
    page = only(read(scanner, as_bytes(photo(with_code(card(), said)))))
    assert [(code.kind, code.text) for code in page.codes] == [("QR Code", said)]


def test_an_address_comes_with_a_small_picture_of_its_line(scanner: Scanner) -> None:
    lines = only(read(scanner, as_bytes(photo(card())))).lines
    (address,) = (line for line in lines if "@" in line.text)
    assert address.crop.startswith(b"\xff\xd8\xff")
    assert len(address.crop) <= 8 * 1024
    assert all(not line.crop for line in lines if "@" not in line.text)


def test_every_letter_is_told_how_sure_it_is(scanner: Scanner) -> None:
    for line in only(read(scanner, as_bytes(card()))).lines:
        assert len(line.letters) == len(line.text)
        assert all(0 <= letter <= 1 for letter in line.letters)
        assert line.confidence > 0.9


@pytest.mark.skipif(not has_accents(), reason="needs Debian's fonts-dejavu-core")
def test_accents_are_kept(scanner: Scanner) -> None:
    lines = (("Núria Muñoz Gärtner", 44), ("Strauß & Søn, Łódź", 32))
    assert texts(only(read(scanner, as_bytes(card(lines))))) == [text for text, _ in lines]
