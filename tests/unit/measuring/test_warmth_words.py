"""The sentence beside the number: true to the mail, as a friend would say it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.measuring.warmth import measure
from mailflow.measuring.warmth_model import band_of
from mailflow.measuring.warmth_words import Told, sentence, span
from mailflow.model.contact import Band
from mailflow.model.interaction import Deed, Direction, Interaction

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)

COUNT = st.integers(0, 9)
NOTHING = Told(
    heard=0, written=0, meetings=0, answered=0, questions=0, speed_hours=0, silence=0, usual=0
)


def exchange(days: float, hours: float = 5) -> list[Interaction]:
    """A mail of the owner's so many days ago, and the answer some hours later."""
    asked = NOW - timedelta(days=days)
    at = asked + timedelta(hours=hours)
    return [
        Interaction(1, Direction.OUT, Deed.MAIL, asked, f"out {days}"),
        Interaction(1, Direction.IN, Deed.REPLY, at, f"in {days}", answers_at=asked),
    ]


def test_a_silence_is_told_against_the_rhythm_there_was() -> None:
    mails = [mail for days in range(64, 114, 10) for mail in exchange(days)]
    unanswered = Interaction(1, Direction.OUT, Deed.MAIL, NOW - timedelta(days=124), "out 124")
    assert measure([unanswered, *mails], NOW, "Jane").reason == (
        "Jane answered 5 of your last 6 mails within hours, but you two have been silent for "
        "9 weeks; you used to be in touch every 11 days."
    )


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (NOTHING, "You and Jane have not been in touch by mail yet."),
        (
            NOTHING._replace(written=2, silence=3),
            "You wrote to Jane twice without an answer so far, and the last time was 3 days ago.",
        ),
        (
            NOTHING._replace(heard=1),
            "Jane wrote to you once without a mail of yours, and the last time was today.",
        ),
        (
            NOTHING._replace(meetings=1, silence=1),
            "You and Jane met or talked once, and the last time was a day ago.",
        ),
        (
            NOTHING._replace(meetings=2, heard=1, silence=400),
            "You and Jane met or talked twice and exchanged a mail, but you two have been silent "
            "for 13 months.",
        ),
        (
            NOTHING._replace(heard=3, written=4, questions=3, silence=2, usual=7),
            "Jane has not answered your last 3 mails, and you two are in touch every week.",
        ),
        (
            NOTHING._replace(heard=3, written=4, answered=3, questions=4, speed_hours=80, usual=1),
            "Jane answered 3 of your last 4 mails, usually after 3 days, and you two are in touch "
            "every day or so.",
        ),
        (
            NOTHING._replace(heard=9, written=9, answered=5, questions=5, speed_hours=0.5, usual=3,
                    silence=13),
            "Jane answered all of your last 5 mails within an hour, and you two are in touch "
            "every 3 days.",
        ),
    ],
)  # fmt: skip
def test_the_sentence_fits_what_there_is_to_say(told: Told, said: str) -> None:
    assert sentence(told, "Jane") == said


def test_someone_without_a_name_is_still_somebody() -> None:
    assert sentence(NOTHING._replace(heard=1)).startswith("This person wrote to you once")


@given(
    st.builds(
        Told,
        heard=COUNT, written=COUNT, meetings=COUNT, answered=COUNT, questions=COUNT,
        speed_hours=st.floats(0, 1000), silence=st.integers(0, 3000), usual=st.floats(0, 400),
    )
)  # fmt: skip
def test_a_name_or_an_address_is_never_changed_and_a_sentence_begins_large(told: Told) -> None:
    for name in ("s0@strange.example", "bell hooks", "ǆ"):
        said = sentence(told, name)
        assert name in said
        assert said.startswith((name, "You "))
    assert sentence(told).startswith(("This person ", "You "))


@pytest.mark.parametrize(
    ("days", "said"),
    [(1, "a day"), (13, "13 days"), (14, "2 weeks"), (63, "9 weeks"), (90, "3 months"),
     (729, "24 months"), (730, "2 years")],
)  # fmt: skip
def test_a_stretch_of_days_is_said_in_a_round_number(days: int, said: str) -> None:
    assert span(days) == said


@pytest.mark.parametrize(
    ("score", "band"),
    [(0, Band.DORMANT), (14, Band.DORMANT), (15, Band.COOL), (54, Band.COOL), (55, Band.WARM),
     (79, Band.WARM), (80, Band.CLOSE), (100, Band.CLOSE)],
)  # fmt: skip
def test_the_bands_meet_without_a_gap(score: int, band: Band) -> None:
    assert band_of(score) is band
