"""Mails are fetched in batches that no memory has to fear."""

from hypothesis import given
from hypothesis import strategies as st

from mailflow.account.fetching import BATCH_BYTES, BATCH_MAILS, HEAD_BYTES, appended_uid, batches

KILOBYTE = 1024
sizes = st.dictionaries(st.integers(1, 10_000), st.integers(0, 10 * BATCH_BYTES)).map(
    lambda found: dict(sorted(found.items()))
)
caps = st.none() | st.integers(0, 10 * BATCH_BYTES)


@given(sizes=sizes, cap=caps)
def test_every_mail_is_in_one_batch_and_in_order(sizes: dict[int, int], cap: int | None) -> None:
    assert [uid for batch in batches(sizes, cap) for uid in batch] == list(sizes)


@given(sizes=sizes, cap=caps)
def test_a_batch_is_small_or_a_single_mail(sizes: dict[int, int], cap: int | None) -> None:
    for batch in batches(sizes, cap):
        weights = [
            HEAD_BYTES if cap is not None and size > cap else size for size in batch.values()
        ]
        assert len(batch) == 1 or sum(weights) <= BATCH_BYTES
        assert len(batch) <= BATCH_MAILS


def test_small_mails_travel_together() -> None:
    assert len(list(batches(dict.fromkeys(range(1, 101), 10 * KILOBYTE), None))) == 1


def test_the_uid_of_an_appended_mail_is_read_if_it_was_told() -> None:
    assert appended_uid(b"[APPENDUID 38505 3955] APPEND completed") == 3955
    assert appended_uid(b"APPEND completed") is None
    assert appended_uid(None) is None
