"""Many values go into statements piece by piece, none lost and none twice."""

import pytest

from mailflow.store.chunks import AT_ONCE, chunks


@pytest.mark.parametrize("count", [0, 1, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 3 * AT_ONCE])
def test_every_value_is_in_one_piece_and_no_piece_is_too_large(count: int) -> None:
    pieces = list(chunks(iter(range(count))))
    assert [value for piece in pieces for value in piece] == list(range(count))
    assert all(1 <= len(piece) <= AT_ONCE for piece in pieces)
