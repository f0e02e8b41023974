"""Whatever a file holds, it ends in a sentence, within its limits, and the next card is read."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest

from mailflow.config.values import Pictures
from mailflow.model.scan import Scan, Unscannable
from mailflow.scanner.scanner import Scanner
from tests.integration.scanner.drawing import as_bytes, card
from tests.integration.scanner.hostile import FILES

WITHIN = 10
SLACK = 5
MOST_MB = 700
JANE = as_bytes(card())


@pytest.fixture(scope="module")
def victim() -> Iterator[Scanner]:
    with Scanner(Pictures(within=timedelta(seconds=WITHIN))) as started:
        yield started


def peak_mb(scanner: Scanner) -> int:
    """The most memory the child ever had, if it is still there."""
    if scanner.child_pid is None:
        return 0
    status = Path(f"/proc/{scanner.child_pid}/status").read_text(encoding="ascii")
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) // 1024


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_ends_in_a_sentence(victim: Scanner, name: str) -> None:
    data = FILES[name]()
    if victim.child_pid is None:
        victim.scan(JANE, "warm.jpg")
    begun = monotonic()
    found = victim.scan(data, name)
    assert monotonic() - begun < 3 * WITHIN + SLACK
    assert isinstance(found, Unscannable), found
    assert not found.is_missing
    assert name in found.reason
    assert found.reason.endswith(".")
    assert "Traceback" not in found.reason
    assert peak_mb(victim) <= MOST_MB


def test_after_all_of_them_a_card_is_read(victim: Scanner) -> None:
    found = victim.scan(JANE, "jane.jpg")
    assert isinstance(found, Scan)
    assert found.pages[0].lines[0].text == "Jane Roe"


def test_a_long_document_is_read_as_far_as_the_limit() -> None:
    with Scanner(Pictures(within=timedelta(seconds=90), max_pages=2)) as brief:
        data = as_bytes(card(), "PDF", save_all=True, append_images=[card(), card()])
        found = brief.scan(data, "many.pdf")
    assert isinstance(found, Scan)
    assert len(found.pages) == 2
    assert found.problems == ("many.pdf has 3 pages; I read the first 2.",)


def test_a_picture_larger_than_the_owner_allows_is_refused_by_its_header() -> None:
    with Scanner(Pictures(within=timedelta(seconds=90), max_megapixels=1)) as small:
        found = small.scan(as_bytes(card(size=(2000, 1200))), "large.jpg")
    assert found == Unscannable(
        "large.jpg is 2,000 × 1,200 pixels large, more than the 1 megapixels I read."
        " Send a smaller picture."
    )


def test_a_file_larger_than_any_photo_is_not_even_handed_over(victim: Scanner) -> None:
    found = victim.scan(b"\xff" * (61 * 1024 * 1024), "film.mov")
    assert isinstance(found, Unscannable)
    assert "larger than 60 MB" in found.reason
