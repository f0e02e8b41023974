"""Checks of the doctor that need no server."""

from datetime import UTC, datetime, timedelta

import pytest

from mailflow.cli.doctor.finding import Level
from mailflow.cli.doctor.post import skew
from mailflow.cli.doctor.probe import Probe
from mailflow.model.address import Address
from mailflow.model.mail import Location, RawMessage

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "agree"),
        (4, "agree"),  # the letter took its time
        (-1, "agree"),
        (-10, "10 minutes ahead of the mail server's"),
        (90, "90 minutes behind the mail server's"),
    ],
)
def test_a_clock_that_is_wrong_is_told_by_how_much(minutes: int, said: str) -> None:
    probe = Probe(Address.parse("ada@example.org"), "<doctor@example.org>", AT)
    arrived_at = AT + timedelta(minutes=minutes)
    probe.raw = RawMessage(Location("main", "INBOX", 1, 1), b"", arrived_at)
    (found,) = skew(probe)
    assert said in found.sentence
    assert (found.level is Level.FINE) == (said == "agree")
