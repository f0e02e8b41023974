"""The owner steers the rhythm by mail: by person, by tag, for now and for whoever comes later."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from mailflow.model.card import Card, Reading
from mailflow.model.contact import Band, Contact, Tier
from mailflow.model.draft import Purpose
from mailflow.model.interaction import Deed, Direction, Interaction
from mailflow.store import facts, record
from mailflow.tick.measure import measure
from tests.laws.play import BEGINS, Play, text_of

JANE = "met Jane Roe <jane@acme.io>, CTO at Acme #pycon"
RAJ = "met Raj Rao <raj@first.example> #PyCon #investors"
OLGA = "met Olga Orlova <olga@x.example>"


@pytest.fixture
def play() -> Iterator[Play]:
    world = Play()
    yield world
    world.close()


def said(play: Play, *lines: str) -> str:
    """Write the lines to the service; what it answers, on one line."""
    play.tell("\n".join(lines))
    play.pass_time(timedelta(minutes=16))  # not more answers an hour than are given
    play.tick()
    return " ".join(text_of(play.letters[-1]).split())


def contact(play: Play, name: str) -> Contact:
    with play.house.store.begin() as s:
        return facts.find_contacts(s, play.house.owner_id, name)[0]


def test_a_cadence_said_of_a_tag_is_everybodys_who_has_it_however_it_is_written(
    play: Play,
) -> None:
    said(play, JANE, RAJ, OLGA)
    answer = said(play, "every #pycon 8w")
    assert "#pycon: every 56 days. 2 people have the tag now" in answer
    assert contact(play, "jane").every_days == contact(play, "raj").every_days == 56
    assert contact(play, "olga").every_days is None


def test_one_is_not_told_of_as_several(play: Play) -> None:
    said(play, JANE)
    assert "Jane Roe: every day." in said(play, "every jane 1d")
    assert "| key, every day |" in said(play, "who jane")
    assert "1 person has the tag now" in said(play, "every #pycon 1d")


def test_who_gets_the_tag_later_is_kept_like_that_too(play: Play) -> None:
    assert "Nobody has the tag now" in said(play, "tier #investors inner")
    said(play, "pause #investors 2w")
    said(play, RAJ)
    raj = contact(play, "raj")
    assert raj.tier is Tier.INNER
    assert raj.paused_until is not None
    assert timedelta(days=12) < raj.paused_until - BEGINS < timedelta(days=16)


def test_what_was_said_of_the_person_is_not_undone_by_a_tag_they_get(play: Play) -> None:
    said(play, OLGA)
    said(play, "tier olga wide", "every olga 5d")
    said(play, "every #pycon 8w", "tier #investors inner")
    said(play, f"{OLGA} #pycon #investors")
    olga = contact(play, "olga")
    assert (olga.tier, olga.every_days) == (Tier.WIDE, 5)


def test_a_card_with_a_tag_they_have_already_says_nothing_new(play: Play) -> None:
    said(play, JANE)
    said(play, "every #pycon 8w")
    said(play, "tier jane wide")
    said(play, f"{JANE}: writes books")
    assert contact(play, "jane").every_days is None


def test_a_pause_of_a_tag_ends_for_everybody_with_it(play: Play) -> None:
    said(play, JANE, RAJ)
    said(play, "pause #pycon")
    assert contact(play, "jane").paused_until is not None
    assert "not paused any more. 2 people" in said(play, "resume #pycon")
    assert contact(play, "jane").paused_until is None


def test_a_pause_of_everything_ends_when_the_owner_says_so(play: Play) -> None:
    said(play, "pause all")
    with play.house.store.begin() as s:
        assert facts.paused_until(s, play.house.owner_id) is not None
    assert "The pause is over." in said(play, "resume all")
    with play.house.store.begin() as s:
        assert facts.paused_until(s, play.house.owner_id) is None


def test_a_person_paused_for_good_goes_on_when_the_owner_says_so(play: Play) -> None:
    said(play, JANE)
    said(play, "pause jane")
    assert contact(play, "jane").paused_until is not None
    assert "Jane Roe is not paused any more." in said(play, "resume jane")
    assert contact(play, "jane").paused_until is None


def test_what_is_said_of_one_person_cannot_be_said_of_a_tag(play: Play) -> None:
    said(play, JANE)
    assert "That is said of one person at a time" in said(play, "band #pycon close")
    assert "That is said of one person at a time" in said(play, "focus #pycon")


def test_a_band_by_hand_is_shown_as_such_until_it_is_taken_back(play: Play) -> None:
    said(play, JANE)
    assert "Jane Roe is close by your hand" in said(play, "band jane close")
    jane = contact(play, "jane")
    assert jane.own_band is Band.CLOSE
    assert jane.warmth is not None
    assert jane.warmth.band is Band.CLOSE
    assert "close: Close by your hand (by mail alone" in said(play, "who jane")
    assert "Close by your hand" in said(play, "why jane")
    said(play, "coffee jane: talked")
    after = contact(play, "jane").warmth
    assert after is not None
    assert (after.band, after.score >= jane.warmth.score) == (Band.CLOSE, True)
    assert "Jane Roe is measured again:" in said(play, "band jane auto")
    measured = contact(play, "jane")
    assert measured.own_band is None
    assert "hand" not in (measured.warmth.reason if measured.warmth else "hand")


def test_who_is_left_out_of_the_scoring_has_no_number_anywhere(play: Play) -> None:
    said(play, JANE, "coffee jane: talked")
    assert "left out of the scoring" in said(play, "band jane off")
    assert "left out of the scoring" in said(play, "who jane")
    why = said(play, "why jane")
    assert "You left Jane Roe out of the scoring." in why
    assert "Warmth" not in why


def test_why_shows_each_part_the_last_interaction_and_what_would_change_it_most(
    play: Play,
) -> None:
    said(play, JANE, "coffee jane: talked about boats")
    why = said(play, "why jane")
    assert "what they sent: +" in why
    assert "Jane writes within 90 days: " in why
    assert "last: a coffee on 18 November 2026 (“talked about boats”)" in why
    assert "would change it most: to " in why


def test_why_tells_what_was_against_a_mail_and_what_was_not_in_sentences(play: Play) -> None:
    said(play, JANE, "pause jane 2w", "pause all 1w")
    play.pass_time(timedelta(days=1))
    play.tick()
    why = said(play, "why jane")
    assert ": wait. You paused everything until Wed 25 Nov 2026." in why
    assert "against it: You paused Jane Roe until Wed 2 Dec 2026." in why
    assert "against it: You paused everything" not in why
    assert "nothing against it here: They are not on the suppression list. Their address is" in why
    assert why.count("Their name is Jane Roe.") == 1
    names = ("no_name", "no name", "paused_all", "paused all", "own_address", "own address")
    assert [name for name in names if name in why] == []


def test_the_focus_list_is_told_by_name_and_says_when_it_is_no_focus(play: Play) -> None:
    assert "The focus list is empty" in said(play, "focus")
    people = [f"met Person{n} Roe <p{n}@x.example>" for n in range(11)]
    said(play, *people)
    first = said(play, *(f"focus p{n}@x.example" for n in range(10)))
    assert "(10 of 10)" in first
    assert "(11 of 10; take somebody off, or it is no focus)" in said(play, "focus p10@x.example")
    listed = said(play, "focus")
    assert "11 of 10 on the focus list:" in listed
    assert "Person3 Roe: every 60 days" in listed


def test_the_budget_says_what_the_week_has_room_for(play: Play) -> None:
    said(play, JANE)
    told = said(play, "budget")
    assert "New people this week: 1 of 10" in told
    assert "Revivals this week: 0 of 2" in told


def test_ties_gone_quiet_are_told_the_once_warm_first(play: Play) -> None:
    assert "No tie has gone quiet." in said(play, "quiet")
    known(play, "Ann", 1)
    known(play, "Bob", 12)
    play.tick()
    told = said(play, "quiet")
    assert told.index("Bob: once") < told.index("Ann: once")


def test_the_two_revivals_of_a_week_go_to_the_warmest_past(play: Play) -> None:
    for number in range(1, 9):
        known(play, f"Old{number}", number)
    measure(play.house, play.now)
    play.tick()
    with play.house.store.begin() as s:
        begun = {
            draft.to_name
            for draft in facts.drafts(s, play.house.owner_id)
            if draft.purpose is Purpose.REVIVE
        }
    assert begun == {"Old7", "Old8"}


def known(play: Play, name: str, mails: int) -> None:
    """Somebody who wrote so often, a year and more ago, and answered each time."""
    owner_id = play.house.owner_id
    card = Card(name=Reading(name), given=name, emails=(Reading(f"{name.lower()}@x.example"),))
    with play.house.store.begin() as s:
        contact_id = record.save_card(s, owner_id, card, name, play.now).contact_id
        for number in range(mails):
            for hours, way in ((0, Direction.OUT), (5, Direction.IN)):
                at = BEGINS - timedelta(days=400 + 3 * number, hours=-hours)
                source = f"{name} {number} {way}"
                record.add_interaction(
                    s, owner_id, Interaction(contact_id, way, Deed.MAIL, at, source)
                )


def test_the_summary_is_answered_with_instructions_too(play: Play) -> None:
    said(play, JANE)
    for _ in range(9):
        play.pass_time(timedelta(days=1))
        play.tick()
    summary = next(each for each in play.letters if str(each["Subject"]).startswith("Your week"))
    play.answer(summary, "pause jane 2w\ntier jane inner\nfocus")
    play.pass_time(timedelta(minutes=16))
    play.tick()
    jane = contact(play, "jane")
    assert jane.tier is Tier.INNER
    assert jane.paused_until is not None
    assert "The focus list is empty" in " ".join(text_of(play.letters[-1]).split())
