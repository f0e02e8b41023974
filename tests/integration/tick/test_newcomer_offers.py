"""People offered as contacts with the weekly summary: numbered, and nobody adopted silently."""

from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from mailflow.errors import NotFound
from mailflow.model.address import Address, NamedAddress
from mailflow.model.contact import Contact, Tier
from mailflow.model.history import PastMail
from mailflow.model.interaction import Direction
from mailflow.store import facts, record
from mailflow.store.inserts import table_of
from mailflow.store.tables import CorrespondentEntry, ExchangeEntry, NewcomerEntry
from tests.laws.play import OWNER, Play, text_of

NINA = NamedAddress(Address.parse("nina@past.example"), "Nina Berg")
OTTO = NamedAddress(Address.parse("otto@past.example"), "Otto Past")
SHOP = NamedAddress(Address.parse("info@past.example"), "Past Ltd")
OLGA = NamedAddress(Address.parse("olga@x.example"), "Olga Orlova")


@pytest.fixture
def play() -> Iterator[Play]:
    world = Play()
    yield world
    world.close()


def remember(play: Play, person: NamedAddress, each_way: int) -> None:
    """Past mail, so many each way, as the import of history records it."""
    past = [
        PastMail(
            f"<{person.address.local}{number}{way}@x>",
            way,
            (person,),
            play.now - timedelta(days=60 + 9 * number, hours=way is Direction.IN),
            1,
        )
        for number in range(each_way)
        for way in (Direction.IN, Direction.OUT)
    ]
    with play.house.store.begin() as s:
        record.add_past_mail(s, play.house.owner_id, past)


def next_summary(play: Play) -> EmailMessage:
    """Let days pass, with one thing a week to tell of, until one more summary came."""

    def summaries() -> list[EmailMessage]:
        return [each for each in play.letters if str(each["Subject"]).startswith("Your week")]

    before = len(summaries())
    for day in range(9):
        if day == 0:
            stranger = f"s{len(play.letters)}@strange.example"
            play.account.deliver(play.mail(stranger, OWNER, "Hello", subject="Hi"), play.now)
        play.pass_time(timedelta(days=1))
        play.tick()
        if len(summaries()) > before:
            return summaries()[-1]
    raise AssertionError("no summary came")


def faces(letter: EmailMessage) -> dict[str, int]:
    """Who is offered under which number."""
    rows = text_of(letter).partition("NEW FACES")[2].partition("IN NUMBERS")[0].splitlines()
    told = [row.partition("│") for row in rows]
    return {
        who.partition(":")[0].strip(): int(number)
        for number, _, who in told
        if number.strip().isdecimal()
    }


def kept(play: Play, who: NamedAddress) -> Contact:
    with play.house.store.begin() as s:
        found = facts.contact_by_address(s, play.house.owner_id, who.address)
    assert found is not None
    return found


def is_kept(play: Play, who: NamedAddress) -> bool:
    with play.house.store.begin() as s:
        return facts.contact_by_address(s, play.house.owner_id, who.address) is not None


def test_people_of_past_mail_are_offered_by_number_with_the_reason_and_no_office(
    play: Play,
) -> None:
    remember(play, OTTO, 3)
    remember(play, NINA, 5)
    remember(play, SHOP, 9)
    letter = next_summary(play)
    assert {"Nina Berg", "Otto Past"} <= faces(letter).keys()
    assert "Past Ltd" not in faces(letter)
    said = " ".join(text_of(letter).replace("│", "").split())
    assert "From your past mail: five mails from them and five mails from you, the last on" in said


def test_ok_keeps_that_person_with_their_history_and_drafts_nothing(play: Play) -> None:
    remember(play, OTTO, 3)
    remember(play, NINA, 5)
    letter = next_summary(play)
    play.answer(letter, f"ok {faces(letter)['Nina Berg']}")
    play.tick()
    assert "Nina Berg is a contact now, with the mail you exchanged." in text_of(play.letters[-1])
    nina = kept(play, NINA)
    assert (nina.name, nina.tier) == ("Nina Berg", Tier.NONE)
    assert nina.warmth is not None
    with play.house.store.begin() as s:
        assert len(facts.interactions(s, play.house.owner_id, nina.id)) == 10
        assert facts.drafts_of(s, play.house.owner_id, nina.id) == ()
    assert not is_kept(play, OTTO)
    with play.house.store.begin() as s:
        week = facts.summary_facts(s, play.house.owner_id, play.now, period="x")
    assert week.follow_ups == ()  # nobody was met, so no first mail is late
    play.answer(letter, f"ok {faces(letter)['Nina Berg']}")
    play.tick()
    assert "You decided that already." in text_of(play.letters[-1])


def under_addresses(play: Play) -> dict[str, set[tuple[object, ...]]]:
    """Everything that waits under the addresses of people who are no contacts, numbers aside."""
    people, past = table_of(CorrespondentEntry), table_of(ExchangeEntry)
    with play.house.store.begin() as s:
        return {
            "people": {
                tuple(row)
                for row in s.execute(
                    select(
                        people.c.key, people.c.written, people.c.name, people.c.utc_offset,
                        people.c.language,
                    )
                )
            },
            "mails": {
                tuple(row)
                for row in s.execute(
                    select(
                        people.c.key, past.c.message_id, past.c.direction, past.c.at, past.c.people
                    ).join(people, people.c.id == past.c.correspondent_id)
                )
            },
            "newcomers": {tuple(row) for row in s.execute(select(table_of(NewcomerEntry)))},
        }  # fmt: skip


def test_undo_makes_whoever_was_kept_a_new_face_again_with_all_the_mail(play: Play) -> None:
    remember(play, OTTO, 3)
    remember(play, NINA, 5)
    remember(play, OLGA, 2)
    play.account.deliver(play.mail(str(OLGA), OWNER, "Hello", subject="Boats"), play.now)
    play.tick()
    letter = next_summary(play)
    numbers, before = faces(letter), under_addresses(play)
    nina, olga = numbers["Nina Berg"], numbers["Olga Orlova"]
    for _ in range(2):
        play.answer(letter, f"ok {nina} {olga}")
        play.tick()
        assert is_kept(play, NINA)
        assert is_kept(play, OLGA)
        assert under_addresses(play) != before
        play.tell("undo")
        play.tick()
        said = " ".join(text_of(play.letters[-1]).split())
        assert "Taken back: " in said
        for name in ("Nina Berg", "Olga Orlova"):
            assert f"{name} is no contact any more, and the mail between you is kept" in said
        assert not is_kept(play, NINA)
        assert not is_kept(play, OLGA)
        assert under_addresses(play) == before
    play.answer(letter, f"skip {olga}")
    play.tick()
    assert "I will not offer olga@x.example again." in text_of(play.letters[-1])


def test_undo_leaves_whoever_wrote_since_a_contact_and_says_how_to_erase_them(play: Play) -> None:
    remember(play, NINA, 5)
    letter = next_summary(play)
    play.answer(letter, f"ok {faces(letter)['Nina Berg']}")
    play.tick()
    play.account.deliver(play.mail(str(NINA), OWNER, "Hello", subject="Boats"), play.now)
    play.tell("undo")
    play.tick()
    said = " ".join(text_of(play.letters[-1]).split())
    assert "Nina Berg stays: you have been in touch with them." in said
    assert "forget nina@past.example" in said
    assert is_kept(play, NINA)


def test_undo_leaves_whom_the_owner_is_asked_to_erase_for_his_answer(play: Play) -> None:
    remember(play, NINA, 5)
    letter = next_summary(play)
    play.answer(letter, f"ok {faces(letter)['Nina Berg']}")
    play.tell("forget nina")
    play.tick()
    question = next(each for each in play.letters if str(each["Subject"]) == "Erase Nina Berg?")
    play.tell("undo")
    play.tick()
    said = " ".join(text_of(play.letters[-1]).split())
    assert "Nina Berg stays: you are being asked whether to erase them." in said
    play.answer(question, "yes")
    play.tick()
    assert not is_kept(play, NINA)
    assert under_addresses(play)["people"] == set()


def test_undo_of_a_card_leaves_past_mail_where_it_was(play: Play) -> None:
    remember(play, NINA, 5)
    before = under_addresses(play)
    play.tell(f"met Nina Berg <{NINA.address}> @PyCon")
    play.tick()
    assert is_kept(play, NINA)
    play.tell("undo")
    play.tick()
    assert not is_kept(play, NINA)
    assert under_addresses(play) == before


def test_several_are_kept_with_one_answer(play: Play) -> None:
    remember(play, OTTO, 3)
    remember(play, NINA, 5)
    letter = next_summary(play)
    numbers = faces(letter)
    play.answer(letter, f"ok {numbers['Nina Berg']} {numbers['Otto Past']}")
    play.tick()
    assert is_kept(play, NINA)
    assert is_kept(play, OTTO)


def test_skip_leaves_them_out_from_then_on(play: Play) -> None:
    remember(play, NINA, 5)
    letter = next_summary(play)
    play.answer(letter, f"no {faces(letter)['Nina Berg']}")
    play.tick()
    assert "I will not offer nina@past.example again." in text_of(play.letters[-1])
    play.pass_time(timedelta(days=500))
    assert "Nina Berg" not in faces(next_summary(play))


def test_whoever_is_not_answered_about_makes_room_for_others_for_half_a_year(play: Play) -> None:
    for number in range(5):
        person = NamedAddress(Address.parse(f"p{number}@past.example"), f"Past {number}")
        remember(play, person, 9 - number)
    names = [sorted(who for who in faces(next_summary(play)) if who.startswith("Past"))
             for _ in range(3)]  # fmt: skip
    assert names == [["Past 0", "Past 1", "Past 2"], ["Past 3", "Past 4"], []]
    play.pass_time(timedelta(days=180))
    assert "Past 0" in faces(next_summary(play))


def again(letter: EmailMessage) -> set[str]:
    """Who is offered as somebody the owner wanted to be asked about again."""
    rows = text_of(letter).partition("NEW FACES")[2].partition("IN NUMBERS")[0].splitlines()
    found, who = set(), ""
    for row in rows:
        who = row.partition("│")[2].partition(":")[0].strip() if row.strip()[:1].isdigit() else who
        if "You wanted to be asked again." in row:
            found.add(who)
    return found


@pytest.mark.parametrize(("time", "weeks"), [("3d", 1), ("2w", 2), ("5w", 5)])
def test_later_brings_them_back_with_the_first_summary_after_the_time_that_was_given(
    play: Play, time: str, weeks: int
) -> None:
    remember(play, NINA, 5)
    remember(play, OTTO, 3)
    play.account.deliver(play.mail(str(OLGA), OWNER, "Hello", subject="Boats"), play.now)
    play.tick()
    letter = next_summary(play)
    numbers = faces(letter)
    nina, olga = numbers["Nina Berg"], numbers["Olga Orlova"]
    play.answer(letter, f"later {nina} {olga} {time}")
    play.tick()
    told = " ".join(text_of(play.letters[-1]).split())
    assert told.count("Not now; the first summary after ") == 2
    people = {"Nina Berg", "Olga Orlova", "Otto Past"}
    for _ in range(weeks - 1):
        assert not faces(next_summary(play)).keys() & people
    letter = next_summary(play)
    assert faces(letter).keys() & people == again(letter) == {"Nina Berg", "Olga Orlova"}
    play.answer(letter, f"ok {faces(letter)['Nina Berg']}")
    play.tick()
    assert is_kept(play, NINA)
    for _ in range(2):
        assert not faces(next_summary(play)).keys() & people


def test_whoever_was_put_off_is_a_week_worth_a_mail_and_comes_before_all_others(
    play: Play,
) -> None:
    for number in range(4):
        remember(play, NamedAddress(Address.parse(f"p{number}@past.example"), f"Past {number}"), 5)
    remember(play, OTTO, 3)
    letter = next_summary(play)
    assert "Past 3" not in faces(letter)
    play.answer(letter, f"later {faces(letter)['Past 2']} 3d")
    play.tick()
    remember(play, NINA, 9)
    for _ in range(7):
        play.pass_time(timedelta(days=1))
        play.tick()
    assert list(faces(play.letters[-1])) == ["Past 2", "Nina Berg", "Past 3"]
    before = len(play.letters)
    for _ in range(7):
        play.pass_time(timedelta(days=1))
        play.tick()
    assert not any(faces(letter) for letter in play.letters[before:])


def test_whoever_was_put_off_and_writes_meanwhile_rests_all_the_same(play: Play) -> None:
    play.account.deliver(play.mail(str(OLGA), OWNER, "Hello", subject="Boats"), play.now)
    play.tick()
    letter = next_summary(play)
    play.answer(letter, f"later {faces(letter)['Olga Orlova']} 2w")
    play.tick()
    play.account.deliver(play.mail(str(OLGA), OWNER, "Hello?", subject="Boats"), play.now)
    play.tick()
    assert "Olga Orlova" not in faces(next_summary(play))
    assert "Olga Orlova" in faces(next_summary(play))


def test_later_in_answer_to_the_summary_before_the_last_is_kept_as_well(play: Play) -> None:
    """A summary that came late in its week can be answered when the next one is there."""
    remember(play, OLGA, 3)
    next_summary(play)
    letters = []
    for days in (8, 6):
        play.pass_time(timedelta(days=days))
        play.account.deliver(play.mail(str(OLGA), OWNER, "Hello", subject="Boats"), play.now)
        play.tick()
        letters.append(play.letters[-1])
        assert "Olga Orlova" in faces(letters[-1])
    play.answer(letters[0], f"later {faces(letters[0])['Olga Orlova']} 2w")
    play.tick()
    assert "Not now; the first summary after" in text_of(play.letters[-1])
    assert "Olga Orlova" not in faces(next_summary(play))
    assert again(next_summary(play)) == {"Olga Orlova"}
    assert "Olga Orlova" not in faces(next_summary(play))


def test_ok_all_keeps_nobody_while_drafts_wait(play: Play) -> None:
    remember(play, NINA, 5)
    play.tell("met Jane Roe <jane@acme.io>, CTO at Acme")
    play.tick()
    letter = next_summary(play)
    play.answer(letter, "ok all")
    play.tick()
    assert "Approved" in text_of(play.letters[-1])
    assert not is_kept(play, NINA)


@pytest.mark.parametrize("word", ["ok", "skip"])
def test_without_drafts_all_keeps_and_declines_nobody(play: Play, word: str) -> None:
    remember(play, NINA, 5)
    remember(play, OTTO, 3)
    letter = next_summary(play)
    play.answer(letter, f"{word} all")
    play.tick()
    assert "answered by number, such as “ok 1”" in " ".join(text_of(play.letters[-1]).split())
    assert not is_kept(play, NINA)
    play.answer(letter, f"ok {faces(letter)['Nina Berg']}")
    play.tick()
    assert is_kept(play, NINA)


def test_the_only_new_face_is_kept_without_its_number(play: Play) -> None:
    play.account.deliver(play.mail(str(OLGA), OWNER, "Hello", subject="Boats"), play.now)
    play.tick()
    for _ in range(6):
        play.pass_time(timedelta(days=1))
        play.tick()
    letter = play.letters[-1]
    assert list(faces(letter)) == ["Olga Orlova"]
    play.answer(letter, "ok")
    play.tick()
    assert is_kept(play, OLGA)


def test_whoever_wrote_this_week_is_kept_by_number_and_a_declined_one_may_write_again(
    play: Play,
) -> None:
    play.account.deliver(play.mail(str(OLGA), OWNER, "Hello", subject="Boats"), play.now)
    play.tick()
    letter = next_summary(play)
    play.answer(letter, f"skip {faces(letter)['Olga Orlova']}")
    play.tick()
    play.account.deliver(play.mail(str(OLGA), OWNER, "Hello?", subject="Boats"), play.now)
    play.tick()
    assert "Olga Orlova" not in faces(next_summary(play))
    play.account.deliver(play.mail(str(NINA), OWNER, "Hello", subject="Cars"), play.now)
    play.tick()
    letter = next_summary(play)
    play.answer(letter, f"ok {faces(letter)['Nina Berg']}")
    play.tick()
    nina = kept(play, NINA)
    assert nina.name == "Nina Berg"
    with play.house.store.begin() as s:
        (wrote,) = facts.interactions(s, play.house.owner_id, nina.id)
    assert (wrote.direction, wrote.text) == (Direction.IN, "Cars")


def test_what_is_no_decision_on_a_person_does_nothing(play: Play) -> None:
    remember(play, NINA, 5)
    letter = next_summary(play)
    play.answer(letter, f"sent {faces(letter)['Nina Berg']}")
    play.tick()
    assert "a new face takes ok, skip or later" in " ".join(text_of(play.letters[-1]).split())
    assert not is_kept(play, NINA)


def test_forgetting_a_stranger_takes_the_offer_with_them(play: Play) -> None:
    remember(play, NINA, 5)
    next_summary(play)
    with play.house.store.begin() as s:
        record.forget_address(s, play.house.owner_id, NINA.address, play.now)
        assert not [each for token in range(1, 20)
                    for each in facts.newcomers_under(s, play.house.owner_id, token).values()
                    if each == NINA]  # fmt: skip
        with pytest.raises(NotFound):
            record.forget_address(s, play.house.owner_id, NINA.address, play.now)
