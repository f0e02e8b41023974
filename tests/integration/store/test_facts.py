"""What the stages are told about what is due, who is meant, and which thread a mail belongs to."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import event

from mailflow.errors import NotFound
from mailflow.model.address import Address, NamedAddress
from mailflow.model.contact import Band, Suppression, Warmth
from mailflow.model.draft import DraftEvent, DraftState, Purpose
from mailflow.model.facts import Known, SentFact, Settled, Traffic
from mailflow.model.interaction import Deed, Direction
from mailflow.model.letter import LetterKind
from mailflow.model.mail import Kind
from mailflow.model.summary import TroubleKind
from mailflow.model.wire import Cursor
from mailflow.store import facts, queue, record
from mailflow.store.database import Session
from tests.builders import NOW, an_identity
from tests.integration.store.world import (
    ADA,
    WEEK,
    a_card,
    a_message,
    a_place,
    an_exchange,
    approved,
    drafted,
    jane,
    seen,
    sent,
    shown,
)

DAY = timedelta(days=1)


def wrote_by_hand(s: Session, owner: int, contact: int, message_id: str, days: float = 0) -> None:
    """The owner's own mail, as found in Sent."""
    at = NOW + days * DAY
    pk = seen(
        s,
        owner,
        message_id,
        kind=Kind.WRITTEN,
        direction=Direction.OUT,
        sender=ADA,
        subject=f"About {message_id}",
        references=("<0@x>",),
    ).message_pk
    source = f"{message_id} {contact}"
    by_hand = an_exchange(contact, Direction.OUT, at, source=source)
    assert record.add_interaction(s, owner, by_hand, message_pk=pk)


def test_contacts_are_due_in_order_and_up_to_a_limit(s: Session, owner: int) -> None:
    ids = [jane(s, owner, f"P {number}", f"p{number}@x.io") for number in range(4)]
    for days, contact in zip((0, -2, 3, -1), ids, strict=True):
        record.update_contact(s, owner, contact, due_at=NOW + days * DAY)

    def due(**limit: int) -> list[int]:
        return [each.contact.id for each in facts.due_contacts(s, owner, NOW, **limit)]

    assert due() == [ids[1], ids[3], ids[0]]
    assert due(limit=2) == [ids[1], ids[3]]


def test_a_contact_is_told_with_all_that_passed(s: Session, owner: int) -> None:
    contact = jane(s, owner)
    for number, days in enumerate((-30, -20, -16)):
        exchange = an_exchange(contact, Direction.IN, NOW + days * DAY, people=number + 1)
        record.add_interaction(s, owner, exchange)
    wrote_by_hand(s, owner, contact, "<hand@x>", days=-15)
    for deed in (Deed.GAVE, Deed.INTRODUCED, Deed.GOT):
        favour = an_exchange(contact, Direction.OUT, NOW - 10 * DAY, deed)
        record.add_interaction(s, owner, favour)
    sent_id = sent(s, owner, contact, "<d@x>", reason="met")
    rejected = drafted(s, owner, contact, purpose=Purpose.NUDGE_1)
    queue.move(s, owner, rejected, DraftEvent.WITHDRAW, NOW + DAY)
    live = drafted(s, owner, contact, purpose=Purpose.NUDGE_2)
    told = facts.contact_facts(s, owner, contact)
    assert told.contact == facts.contact(s, owner, contact)
    assert told.sent == (
        SentFact(NOW - 15 * DAY, "<hand@x>", "About <hand@x>", None, ("<0@x>",)),
        SentFact(NOW, "<d@x>", "Good to meet you", Purpose.FOLLOW_UP),
    )
    assert told.live == (facts.draft(s, owner, live),)
    assert facts.draft(s, owner, sent_id).state is DraftState.SENT
    assert told.settled == (
        Settled(Purpose.FOLLOW_UP, DraftState.SENT, NOW),
        Settled(Purpose.NUDGE_1, DraftState.WITHDRAWN, NOW + DAY),
    )
    assert (told.favours_given, told.favours_got) == (2, 1)
    assert told.median_gap_days == pytest.approx(2.5)  # of 10, 4, 1, 5, 0 and 0 days
    assert facts.last_subjects(s, owner, contact) == told.sent[::-1]


def test_a_mail_that_was_a_draft_and_a_copy_in_sent_is_told_once(s: Session, owner: int) -> None:
    contact = jane(s, owner)
    draft_id = shown(s, owner, contact)
    queue.move(s, owner, draft_id, DraftEvent.SENT_BY_OWNER, NOW, message_id="<hand@x>")
    wrote_by_hand(s, owner, contact, "<hand@x>")
    (told,) = facts.contact_facts(s, owner, contact).sent
    assert (told.message_id, told.purpose) == ("<hand@x>", Purpose.FOLLOW_UP)


@pytest.mark.parametrize(
    ("reason", "of_second"),
    [(Suppression.OPTED_OUT, Suppression.OPTED_OUT), (Suppression.BOUNCED, None)],
)
def test_an_opt_out_counts_for_every_address_a_bounce_for_its_own(
    s: Session, owner: int, reason: Suppression, of_second: Suppression | None
) -> None:
    first, second = (jane(s, owner, f"P {end}", f"{end}@x.io") for end in "ab")
    for name in "ab":
        more = a_card(f"P {name}", f"{name}@x.io", f"{name}@second.io")
        record.save_card(s, owner, more, f"more {name}", NOW)
    record.suppress(s, owner, Address.parse("a@x.io"), reason, NOW)
    record.suppress(s, owner, Address.parse("b@second.io"), reason, NOW)
    assert facts.contact_facts(s, owner, first).suppressed is reason
    assert facts.contact_facts(s, owner, second).suppressed is of_second


def test_a_due_draft_tells_who_wrote_in_the_meantime(s: Session, owner: int) -> None:
    contact = jane(s, owner)
    record.add_interaction(s, owner, an_exchange(contact, Direction.IN, NOW - DAY))
    wrote_by_hand(s, owner, contact, "<before@x>", days=-1)
    draft_id = drafted(s, owner, contact)
    (told,) = facts.due_drafts(s, owner, NOW)
    assert (told.draft.id, told.contact.id) == (draft_id, contact)
    assert (told.wrote_in_at, told.wrote_out_at, told.suppressed) == (None, None, None)
    record.add_interaction(s, owner, an_exchange(contact, Direction.IN, NOW + DAY))
    wrote_by_hand(s, owner, contact, "<after@x>", days=2)
    record.suppress(s, owner, Address.parse("jane@acme.io"), Suppression.OWNER, NOW)
    (told,) = facts.due_drafts(s, owner, NOW)
    assert (told.wrote_in_at, told.wrote_out_at) == (NOW + DAY, NOW + 2 * DAY)
    assert told.suppressed is Suppression.OWNER


def test_a_draft_that_mailflow_sent_is_not_the_owner_writing_by_hand(
    s: Session, owner: int
) -> None:
    contact = jane(s, owner)
    drafted(s, owner, contact, purpose=Purpose.KEEP_IN_TOUCH)
    went = facts.draft(s, owner, sent(s, owner, contact))
    record.add_sent_interaction(s, owner, went, NOW + DAY)
    (told,) = facts.due_drafts(s, owner, NOW)
    assert told.draft.purpose is Purpose.KEEP_IN_TOUCH
    assert told.wrote_out_at is None


def test_traffic_counts_what_went_or_may_have_gone(s: Session, owner: int) -> None:
    assert facts.traffic(s, owner, NOW, NOW - WEEK, 0.25) == Traffic(jitter=0.25)
    times = [NOW - timedelta(hours=23), NOW - timedelta(minutes=50), NOW - timedelta(minutes=5)]
    for number, at in enumerate(times):
        contact = jane(s, owner, f"P {number}", f"p{number}@x.io")
        draft_id = approved(s, owner, contact, at=at - DAY)
        queue.hold(s, owner, draft_id, at - DAY)
        queue.claim(s, owner, draft_id, f"<{owner}.{number}@x>", at)
        queue.settle(s, owner, draft_id, [DraftEvent.ACCEPTED, DraftEvent.LOST][number % 2], at)
    rejected = shown(s, owner, jane(s, owner))
    queue.move(s, owner, rejected, DraftEvent.REJECT, NOW)
    drafted(s, owner, jane(s, owner, "R", "r@x.io"), purpose=Purpose.REVIVE)
    drafted(s, owner, jane(s, owner, "O", "o@x.io"), now=NOW - 2 * WEEK)
    assert facts.traffic(s, owner, NOW, NOW - WEEK) == Traffic(
        last_hour=2,
        last_day=3,
        last_sent_at=times[2],
        new_people_this_week=3,
        revivals_this_week=1,
        hour_frees_at=times[1] + timedelta(hours=1),
        day_frees_at=times[0] + DAY,
    )


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("jane@acme.io", ["Jane Roe"]),
        ("<JANE@ACME.IO>", ["Jane Roe"]),
        ("Jane R. <jane@acme.io>", ["Jane Roe"]),
        ("jane roe", ["Jane Roe"]),
        ("Jane", ["Jane Roe", "Jane Zoë Smith"]),
        ("zoe", ["Jane Zoë Smith"]),
        ("roe", ["Jane Roe"]),
        ("Jörg", ["Jorg Ølund"]),
        ("olu", ["Jorg Ølund"]),
        ("jorg@", ["Jorg Ølund"]),
        ("oe", []),
        ("%", []),
        ("_", []),
        ("", []),
        ("nobody@acme.io", []),
    ],
)
def test_the_owner_names_people_as_people_do(
    s: Session, owner: int, said: str, meant: list[str]
) -> None:
    jane(s, owner)
    jane(s, owner, "Jane Zoë Smith", "js@x.io")
    jane(s, owner, "Jorg Ølund", "jorg@x.io")
    assert [each.name for each in facts.find_contacts(s, owner, said)] == meant


def test_contacts_are_read_by_number(s: Session, owner: int) -> None:
    ids = {jane(s, owner, name, f"{name}@x.io") for name in ("B", "A", "C")}
    assert [each.name for each in facts.contacts(s, owner)] == ["A", "B", "C"]
    one = min(ids)
    assert [each.id for each in facts.contacts(s, owner, [one, 10**6])] == [one]
    assert facts.contacts(s, owner, []) == ()
    missing: list[Callable[[], object]] = [
        lambda: facts.contact(s, owner, 10**6),
        lambda: facts.contact_facts(s, owner, 10**6),
        lambda: facts.draft(s, owner, 10**6),
        lambda: record.forget(s, owner, 10**6, NOW),
        lambda: record.export_contact(s, owner, 10**6),
    ]
    for read in missing:
        with pytest.raises(NotFound):
            read()


def test_drafts_are_read_by_state_and_by_person(s: Session, owner: int) -> None:
    contact = jane(s, owner)
    gone = sent(s, owner, contact)
    live = drafted(s, owner, contact)
    assert [each.id for each in facts.drafts(s, owner)] == [gone, live]
    assert [each.id for each in facts.drafts(s, owner, [DraftState.SENT])] == [gone]
    assert [each.id for each in facts.drafts(s, owner, [DraftState.DRAFTED])] == [live]
    assert [each.id for each in facts.drafts_of(s, owner, contact)] == [live]


def test_a_reply_is_known_by_the_mail_it_answers(s: Session, owner: int) -> None:
    contact = jane(s, owner)
    sent(s, owner, contact, "<ours@x>")
    wrote_by_hand(s, owner, contact, "<hand@x>")
    ids = ["<unknown@x>", "<hand@x>", "<ours@x>", "<unknown@x>"]
    assert facts.sent_ids(s, owner, ids) == {"<ours@x>", "<hand@x>"}
    assert facts.sent_by_message_id(s, owner, ["<hand@x>"]) is None
    found = facts.sent_by_message_id(s, owner, ids)
    assert found is not None
    assert found.message_id == "<ours@x>"
    assert facts.sent_ids(s, owner, []) == frozenset()
    assert facts.sent_by_message_id(s, owner, []) is None


def test_a_message_with_ten_thousand_references_is_looked_up(s: Session, owner: int) -> None:
    sent(s, owner, jane(s, owner), "<ours@x>")
    many = tuple(f"<{number}@x>" for number in range(10_000))
    message = a_message("<r@x>", in_reply_to="<ours@x>", references=many)
    known = facts.known(s, owner, message, an_identity(), in_sent=False, is_authentic=None)
    assert known.ours_sent == {"<ours@x>"}
    last = a_message("<r@x>", references=(*many, "<ours@x>"))
    known = facts.known(s, owner, last, an_identity(), in_sent=False, is_authentic=None)
    assert known.ours_sent == {"<ours@x>"}, "the last references are the nearest"


def test_what_is_known_of_a_message_before_it_is_classified(s: Session, owner: int) -> None:
    contact = jane(s, owner)
    sent(s, owner, contact, "<ours@x>")
    identity = an_identity()

    def known(**fields: object) -> Known:
        message = a_message(**{"message_id": "<new@x>", **fields})  # type: ignore[arg-type] # by name
        return facts.known(s, owner, message, identity, in_sent=False, is_authentic=True)

    assert known() == Known(contact_id=contact, is_authentic=True)
    assert known(message_id="<ours@x>").is_ours
    assert known(sender=None) == Known(is_authentic=True)
    assert known(sender=ADA).is_from_owner
    for to, is_service in {
        "ada+mailflow@example.org": True,
        "ADA+mailflow-k3y@example.org": True,
        "ada+mailflowers@example.org": False,
        "ada@example.org": False,
        "ada+mailflow-k3y@example.com": False,
    }.items():
        assert known(to=(NamedAddress(Address.parse(to)),)).to_service is is_service


def test_a_queued_letter_is_ours_by_its_message_id(s: Session, owner: int) -> None:
    queue.add_letter(
        s, owner, kind=LetterKind.NOTICE, subject="s", body="b", now=NOW, message_id="<l@x>"
    )
    known = facts.known(
        s, owner, a_message("<l@x>"), an_identity(), in_sent=True, is_authentic=None
    )
    assert (known.is_ours, known.in_sent) == (True, True)


def test_the_week_is_told_section_by_section(s: Session, owner: int) -> None:
    contact, raj = jane(s, owner), jane(s, owner, "Raj Rao", "raj@rao.in")
    quiet = jane(s, owner, "Quiet One", "q@x.io")
    for number, score in enumerate((40, 52)):
        warmth = Warmth(score, Band.WARM, "why")
        record.save_warmth(s, owner, contact, warmth, NOW - DAY + number * 2 * DAY)
        record.save_warmth(s, owner, quiet, Warmth(10 + number, Band.COOL, "w"), NOW + number * DAY)
    record.update_contact(s, owner, raj, is_focus=True, due_at=NOW + 5 * DAY)
    record.update_contact(s, owner, contact, due_at=None)
    record.update_contact(s, owner, quiet, due_at=NOW + 30 * DAY)
    record.note_decision(s, owner, raj, "Wait", "Their turn comes.", (), NOW)
    mail = seen(s, owner, "<r@x>", subject="Re: benchmark").message_pk
    reply = an_exchange(contact, Direction.IN, NOW + DAY, source=f"<r@x> {contact}")
    record.add_interaction(s, owner, reply, message_pk=mail)
    favour = an_exchange(raj, Direction.IN, NOW, Deed.GOT, text="introduced me to Ann")
    record.add_interaction(s, owner, favour)
    live = drafted(s, owner, contact, purpose=Purpose.NUDGE_1)
    record.add_promise(s, owner, raj, "a lunch", NOW)
    record.add_outcome(s, owner, contact, "a client", NOW, value=5000)
    record.add_trouble(s, owner, "bounce", "x@y bounced.", NOW, key="x")
    record.add_trouble(s, owner, "nonsense", "Odd.", NOW, key="y")
    record.quarantine(s, owner, a_place(9), "broken", b"x", NOW)
    record.move_cursor(s, owner, "home", "INBOX", Cursor(1, 1), NOW)
    went = facts.draft(s, owner, sent(s, owner, contact, "<w@x>"))
    record.add_sent_interaction(s, owner, went, NOW)
    now = NOW + 2 * DAY
    told = facts.summary_facts(s, owner, now, since=NOW - timedelta(hours=1), period="2026-W47")
    assert (told.is_first, told.people, told.added, told.sent) == (True, 3, 3, 1)
    assert told.bands == ((Band.COOL, 1), (Band.WARM, 1))
    assert [(line.draft.id, line.contact.id) for line in told.drafts] == [(live, contact)]
    assert [(line.contact.id, line.reason) for line in told.due] == [(raj, "Their turn comes.")]
    assert [(line.contact.id, line.subject, line.is_answered) for line in told.replies] == [
        (contact, "Re: benchmark", False)
    ]
    moved = {line.contact.id: (line.before, sum(line.weekly)) for line in told.warmth}
    assert moved == {contact: (40, 2), raj: (None, 1)}
    turns = {line.contact.id: (line.favours_got, line.last_favour) for line in told.turns}
    assert turns == {contact: (0, ""), raj: (1, "introduced me to Ann")}
    assert [(line.number, line.contact.id, line.text) for line in told.promises] == [
        (1, raj, "a lunch")
    ]
    assert [(line.contact.id, line.value) for line in told.outcomes] == [(contact, 5000)]
    assert sorted((line.kind, line.text) for line in told.trouble) == [
        (TroubleKind.BOUNCE, "x@y bounced."),
        (TroubleKind.OTHER, "Odd."),
    ]
    assert (told.quarantined, told.held) == (1, 0)
    assert [(line.mailbox, line.seen_at) for line in told.watched] == [("INBOX", NOW)]
    assert sorted(line.sent_at is not None for line in told.follow_ups) == [False, False, True]


def test_new_people_are_counted_from_one_instant_to_before_the_other(
    s: Session, owner: int
) -> None:
    for number, days in enumerate((-1, 0, 3, 7, 8)):
        person = jane(s, owner, f"Person {number}", f"p{number}@x.io")
        drafted(s, owner, person, now=NOW + days * DAY)
    begun = jane(s, owner, "Person 0", "p0@x.io")
    drafted(s, owner, begun, purpose=Purpose.NUDGE_1, now=NOW + DAY)
    given_up = shown(s, owner, jane(s, owner, "R", "r@x.io"), now=NOW + DAY)
    queue.move(s, owner, given_up, DraftEvent.REJECT, NOW + DAY)
    assert facts.new_people(s, owner, NOW, NOW + WEEK) == 2


def test_the_second_summary_begins_where_the_first_ended(s: Session, owner: int) -> None:
    week = {"kind": LetterKind.SUMMARY, "subject": "s", "body": "b"}
    queue.add_letter(s, owner, period="2026-W47", now=NOW, **week)  # type: ignore[arg-type] # by name
    told = facts.summary_facts(s, owner, NOW + WEEK, period="2026-W48")
    assert (told.is_first, told.since) == (False, NOW)
    first = facts.summary_facts(s, owner, NOW + WEEK, period="2026-W47")
    assert (first.is_first, first.since) == (True, NOW)


READS: dict[str, Callable[[Session, int], object]] = {
    "due_contacts": lambda s, owner: facts.due_contacts(s, owner, NOW),
    "due_drafts": lambda s, owner: facts.due_drafts(s, owner, NOW),
    "summary_facts": lambda s, owner: facts.summary_facts(s, owner, NOW, period="2026-W47"),
    "new_people": lambda s, owner: facts.new_people(s, owner, NOW, NOW + WEEK),
    "contacts": lambda s, owner: facts.contacts(s, owner),
    "to_place": lambda s, owner: queue.to_place(s, owner),
    "find_contacts": lambda s, owner: facts.find_contacts(s, owner, "p"),
}


@pytest.mark.parametrize("name", READS)
def test_a_read_takes_as_many_queries_for_thirty_people_as_for_three(
    s: Session, owner: int, name: str
) -> None:
    def people(first: int, last: int) -> None:
        for number in range(first, last):
            contact = jane(s, owner, f"P {number}", f"p{number}@x.io")
            shown(s, owner, contact, purpose=Purpose.NUDGE_1)
            record.wake_contact(s, owner, contact, NOW)
            record.add_interaction(s, owner, an_exchange(contact, Direction.IN, NOW))
            wrote_by_hand(s, owner, contact, f"<{number}@x>", days=-1)
            record.note_decision(s, owner, contact, "Wait", "x", (), NOW)
            record.add_promise(s, owner, contact, "x", NOW)
            record.save_warmth(s, owner, contact, Warmth(5, Band.COOL, "x"), NOW - 2 * WEEK)
            record.save_warmth(s, owner, contact, Warmth(50, Band.WARM, "x"), NOW)

    def queries() -> int:
        asked: list[str] = []
        bind = s.get_bind()
        listener = lambda *args: asked.append(args[2])  # noqa: E731 # to be taken off again
        event.listen(bind, "before_cursor_execute", listener)
        READS[name](s, owner)
        event.remove(bind, "before_cursor_execute", listener)
        return len(asked)

    people(0, 3)
    few = queries()
    people(3, 30)
    assert queries() == few
    assert 0 < few < 60
