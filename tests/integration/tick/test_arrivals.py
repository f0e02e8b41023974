"""Mail whose server tells no time of arrival, or one that cannot be true."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from mailflow.model.address import Address
from mailflow.model.mail import arrival
from mailflow.store import facts
from tests.laws.play import OWNER, Play

UNKNOWN = datetime(1970, 1, 1, tzinfo=UTC)
TO_COME = datetime(2038, 1, 1, tzinfo=UTC)


@pytest.fixture
def play() -> Iterator[Play]:
    world = Play()
    yield world
    world.close()


@pytest.mark.parametrize("told", [UNKNOWN, TO_COME])
@pytest.mark.parametrize("written", [timedelta(), timedelta(days=4000)])
def test_an_answer_stops_the_reminders_whenever_it_is_said_to_have_come(
    play: Play, told: datetime, written: timedelta
) -> None:
    play.tell("met Jane Roe <jane@acme.io>, CTO at Acme @PyCon")
    play.tick()
    play.answer(play.letters[-1], "ok")
    play.tick()
    play.pass_time(timedelta(days=1, hours=1))
    play.tick()
    ((_, sent),) = play.carried
    play.pass_time(timedelta(hours=3))
    came, play.now = play.now, play.now + written
    answer = play.mail(
        "jane@acme.io", OWNER, "Thanks, gladly.", headers={"In-Reply-To": str(sent["Message-ID"])}
    )
    play.now = came
    play.account.deliver(answer, told)
    play.tick()
    with play.house.store.begin() as s:
        jane = facts.contact_by_address(s, play.house.owner_id, Address.parse("jane@acme.io"))
        assert jane is not None
        last = facts.interactions(s, play.house.owner_id, jane.id)[-1]
    assert timedelta() <= came - last.at < timedelta(seconds=1)
    for _ in range(14):
        play.pass_time(timedelta(days=1))
        play.tick()
    assert not [m for m in play.letters if str(m["Subject"]).startswith("May this go out")]


def test_a_clock_that_is_a_little_ahead_is_believed(play: Play) -> None:
    soon = play.now + timedelta(minutes=5)
    assert arrival(soon, play.now) == soon
    assert arrival(TO_COME, play.now) == arrival(UNKNOWN, play.now) == play.now
