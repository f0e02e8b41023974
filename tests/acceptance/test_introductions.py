"""Introductions over real mail: three mailboxes, one daemon, and everything people answer."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.acceptance.test_main_story import bounce_of, is_summary
from tests.acceptance.town import POLICY, Couple, Town, until
from tests.acceptance.world import World, text_of
from tests.servers.dovecot import Dovecot

pytestmark = [pytest.mark.dovecot, pytest.mark.slow]


@pytest.fixture(scope="module")
def town(dovecot: Dovecot, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """One daemon for all trials here: each has two people of its own."""
    with World(dovecot, tmp_path_factory.mktemp("town"), POLICY) as world:
        town = Town(world)
        town.settle_in()
        yield town


@pytest.fixture
def couple(town: Town) -> Couple:
    return town.couple()


def test_both_say_yes_and_are_introduced(couple: Couple) -> None:
    final = couple.introduced()
    to = [each.addr_spec for each in final["To"].addresses]
    assert to == [couple.raj, couple.jane]
    assert final["In-Reply-To"] is None
    assert couple.mails(couple.raj, "Intro:")[0]["Message-ID"] == final["Message-ID"]
    before = [m.as_string() for m in couple.mails(couple.jane) if m["Subject"] != final["Subject"]]
    assert before
    assert all(couple.raj not in each and "Raj" not in each for each in before)
    world = couple.world
    sent = ("HEADER", "Message-ID", f'"{final["Message-ID"]}"')
    world.pass_time(timedelta(minutes=2))
    until(lambda: world.found(world.owner, *sent, folder="Sent"), world)
    assert len(world.found(world.owner, *sent, folder="Sent")) == 1


def test_the_first_says_no_and_the_second_never_hears_of_it(couple: Couple) -> None:
    couple.ask()
    couple.answer(couple.raj, "No, thank you.")
    couple.hears("said no")
    couple.world.pass_time(timedelta(days=7))
    couple.world.settle()
    assert couple.mails(couple.jane) == []
    assert len(couple.mails(couple.raj)) == 1


def test_the_second_says_no_and_the_first_learns_no_reason(couple: Couple) -> None:
    couple.ask()
    couple.ask_both()
    with couple.shown() as closing:
        couple.answer(couple.jane, "No thanks.")
    couple.decide(closing())
    last = couple.gets(couple.raj)
    assert "will not come about" in text_of(last)
    assert "Jane" not in last.as_string()


def test_silence_is_nudged_once_and_ends(couple: Couple) -> None:
    first = couple.ask()
    with couple.shown() as nudge:
        couple.world.pass_time(timedelta(days=7))
    couple.decide(nudge())
    second = couple.gets(couple.raj)
    assert second["In-Reply-To"] == first["Message-ID"]
    couple.world.pass_time(timedelta(days=14))
    couple.hears("ended: no answer")
    couple.world.settle()
    assert len(couple.mails(couple.raj)) == 2
    assert couple.mails(couple.jane) == []


def test_later_comes_back_on_the_day_that_was_named(couple: Couple) -> None:
    couple.ask()
    day = couple.world.clock.now() + timedelta(days=21)
    couple.answer(couple.raj, f"Not now, ask me again on {day:%-d %B %Y}.")
    couple.hears("put it off")
    with couple.shown() as again:
        couple.world.pass_time(timedelta(days=21))
    couple.decide(again())
    assert "better time" in text_of(couple.gets(couple.raj))
    with couple.shown() as second:
        couple.answer(couple.raj, "Yes, gladly!")
    assert "Jane" in text_of(second())


def test_a_condition_goes_to_the_owner_word_for_word(couple: Couple) -> None:
    couple.ask()
    with couple.shown() as question:
        couple.answer(couple.raj, "Yes, if she is in Berlin.")
    asked = question()
    assert "if she is in Berlin" in text_of(asked)
    with couple.shown() as second:
        couple.world.say(asked, "counts as yes")
    assert couple.jane in text_of(second())


def test_a_yes_from_another_address_is_held(couple: Couple) -> None:
    couple.ask()
    with couple.shown() as question:
        couple.answer(couple.raj, "Yes, gladly!", sender="raj@home.example")
    assert "raj@home.example" in text_of(question())
    assert couple.mails(couple.jane) == []


def test_a_yes_from_an_assistant_is_held(couple: Couple) -> None:
    couple.ask()
    with couple.shown() as question:
        text = "Raj says yes, please go ahead.\n\nMaya, assistant to Raj"
        couple.answer(couple.raj, text, sender="Maya Moss <maya@office.example>")
    asked = question()
    assert "maya@office.example" in text_of(asked)
    couple.world.say(asked, "counts as no")
    couple.world.settle()
    assert couple.mails(couple.jane) == []


def test_a_yes_with_somebody_in_copy_is_held(couple: Couple) -> None:
    couple.ask()
    with couple.shown() as question:
        to = f"{couple.world.owner}, boss@office.example"
        couple.answer(couple.raj, "Yes, gladly!", to=to)
    assert "boss@office.example" in text_of(question())
    assert couple.mails(couple.jane) == []


def test_an_out_of_office_moves_the_timer_and_nothing_else(couple: Couple) -> None:
    couple.ask()
    back = couple.world.clock.now() + timedelta(days=9)
    robot = {"Auto-Submitted": "auto-replied"}
    text = f"Yes! I am out of the office until {back:%-d %B %Y}."
    couple.answer(couple.raj, text, headers=robot)
    couple.world.pass_time(timedelta(days=8))
    couple.world.settle()
    assert "only this once" not in " ".join(couple.told().split())
    assert couple.mails(couple.jane) == []
    with couple.shown() as nudge:
        couple.world.pass_time(timedelta(days=6))
    assert "only this once" in " ".join(text_of(nudge()).split())


def test_a_bounce_ends_it(couple: Couple) -> None:
    ask = couple.ask()
    couple.world.lay(couple.world.owner, bounce_of(couple.world, ask, couple.raj))
    couple.hears("comes back")
    assert couple.mails(couple.jane) == []


def test_a_no_after_the_yes_and_the_owners_ok_stops_the_mail_to_both(couple: Couple) -> None:
    letter = couple.agree()
    couple.decide(letter)
    couple.answer(couple.raj, "No.")
    couple.hears("took the yes back")
    couple.nobody_was_introduced()


def test_a_no_that_is_read_in_the_pass_that_would_send_stops_it(couple: Couple) -> None:
    letter = couple.agree()
    couple.decide(letter)
    couple.world.clock.forward(timedelta(minutes=4))
    couple.answer(couple.raj, "No.")
    couple.hears("took the yes back")
    couple.nobody_was_introduced()


def test_a_yes_after_the_end_is_held(couple: Couple) -> None:
    couple.ask()
    couple.world.pass_time(timedelta(days=22))
    couple.hears("ended: no answer")
    with couple.shown() as question:
        couple.answer(couple.raj, "Yes, gladly!")
    assert "A late yes" in str(question()["Subject"])
    assert couple.mails(couple.jane) == []


def test_the_same_yes_twice_asks_once(couple: Couple) -> None:
    couple.ask()
    with couple.shown() as second:
        yes = couple.answer(couple.raj, "Yes, gladly!")
    second()
    letters = len(couple.letters())
    couple.world.lay(couple.world.owner, yes)
    couple.world.settle()
    assert len(couple.letters()) == letters


def test_a_yes_older_than_thirty_days_is_asked_for_once_more(couple: Couple) -> None:
    letter = couple.agree()
    couple.decide(letter, "later", "5w")
    with couple.shown() as again:
        couple.world.pass_time(timedelta(days=31))
    asked = again()
    assert "time changes plans" in text_of(asked)
    couple.nobody_was_introduced()
    couple.decide(asked)
    for who in (couple.raj, couple.jane):
        couple.gets(who)
    couple.answer(couple.raj, "Yes, gladly!")
    with couple.shown() as final:
        couple.answer(couple.jane, "Yes, gladly!")
    couple.decide(final())
    couple.gets(couple.jane, "Intro:")


def test_an_erased_person_is_never_introduced(couple: Couple) -> None:
    couple.decide(couple.agree())
    with couple.shown() as question:
        couple.world.tell(f"forget {couple.jane}")
    couple.world.approve(question())
    couple.nobody_was_introduced()


def test_the_owner_cancels(couple: Couple) -> None:
    couple.ask()
    said = couple.world.letter(couple.world.tell(f"cancel introduction {couple.raj}"))
    assert "called off" in text_of(said)
    couple.answer(couple.raj, "Yes, gladly!")
    couple.world.settle()
    assert couple.mails(couple.jane) == []


def test_a_word_between_the_two_connects_them(couple: Couple) -> None:
    couple.introduced()
    to = f"{couple.raj}, {couple.world.owner}"
    couple.answer(couple.jane, "Hi Raj, Thursday at ten?", to=to)
    couple.answer(couple.raj, "Gladly.", to=f"{couple.jane}, {couple.world.owner}")
    couple.world.settle()
    assert "they are in touch" in couple.who()


def test_moved_to_bcc_the_owner_is_asked_and_the_outcome_is_kept(couple: Couple) -> None:
    couple.introduced()
    with couple.shown() as question:
        couple.world.pass_time(timedelta(days=8))
    asked = question()
    assert "Are they in touch" in str(asked["Subject"])
    couple.world.approve(asked, "they are in touch")
    with couple.shown() as question:
        couple.world.pass_time(timedelta(days=24))
    asked = question()
    assert "What came of it" in str(asked["Subject"])
    couple.world.approve(asked, "it helped: a pilot with forty people")
    assert "a pilot with forty people" in couple.who()
    world = couple.world
    monday = world.clock.now() + timedelta(days=7 - world.clock.now().weekday())
    world.clock.set(monday.replace(hour=8, minute=5))
    world.look()
    until(
        lambda: [m for m in couple.letters() if is_summary(m) and "forty people" in text_of(m)],
        world,
    )


@pytest.mark.parametrize(
    ("point", "is_sent"),
    [("claimed", False), ("answered", True)],
)
def test_killed_around_the_claim_both_have_the_mail_once_or_the_owner_is_asked(
    world: World, point: str, is_sent: bool
) -> None:
    couple = Couple(world, "Ash")
    world.daemon.start()
    world.approve(world.letter(world.tell(couple.met)), "skip all")
    couple.decide(couple.agree())
    world.daemon.terminate()
    world.daemon.start(fault=point)
    world.let_it_leave()
    world.daemon.wait_until_dead()
    world.daemon.start()
    world.pass_time(timedelta(minutes=10))
    world.settle()
    if not is_sent:
        until(
            lambda: [m for m in couple.letters() if "Did this go out" in str(m["Subject"])], world
        )
    world.pass_time(timedelta(hours=3))
    world.settle()
    for who in (couple.jane, couple.raj):
        assert len(couple.mails(who, "Intro:")) == is_sent
    state = "no word between them seen yet" if is_sent else "the mail to both waits"
    assert state in couple.who()
