"""What strangers write can be kept by both engines, and long keys still tell mails apart."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Dialect, make_url

from mailflow.store.columns import MAX_KEY, Instant, Key, clean

ANY_TEXT = st.text(st.characters(codec=None, categories=None))


@given(ANY_TEXT)
def test_any_text_becomes_one_that_can_be_kept(text: str) -> None:
    assert "\0" not in clean(text)
    clean(text).encode("utf-8")


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_ordinary_text_is_kept_as_it_is(text: str) -> None:
    assert clean(text) == text


@given(st.text(min_size=0, max_size=2000))
def test_a_key_fits_an_index(text: str) -> None:
    kept = Key().process_bind_param(text, sqlite.dialect())
    assert kept is not None
    assert len(kept.encode()) <= MAX_KEY


def test_two_long_keys_stay_two() -> None:
    keys = {Key().process_bind_param("x" * 5000 + end, sqlite.dialect()) for end in "ab"}
    assert len(keys) == 2


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        Instant().process_bind_param(datetime(2026, 1, 1), sqlite.dialect())  # noqa: DTZ001 # that is the point


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_an_instant_of_any_zone_comes_back_as_the_same_in_utc(engine: str) -> None:
    dialect: Dialect = make_url(f"{engine}://").get_dialect()()
    tokyo = datetime(2026, 1, 1, 5, tzinfo=timezone(timedelta(hours=9)))
    kind = Instant()
    kept = kind.process_bind_param(tokyo, dialect)
    back = kind.process_result_value(kept, dialect)
    assert back == tokyo
    assert back is not None
    assert back.tzinfo is UTC
