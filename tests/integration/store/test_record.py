"""What is written down: the same message, card or exchange twice changes nothing."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from mailflow.errors import NotFound
from mailflow.model.actions import Guard
from mailflow.model.address import Address, NamedAddress
from mailflow.model.contact import Band, Suppression, Tier, Warmth
from mailflow.model.interaction import Deed, Direction
from mailflow.model.letter import Line, Receipt
from mailflow.model.mail import Kind
from mailflow.model.wire import Cursor
from mailflow.store import facts, record
from mailflow.store.database import Session, Store
from mailflow.store.tables import MessageEntry, SightingEntry, TroubleEntry
from tests.builders import NOW
from tests.integration.store.world import WEEK, a_place, allowed, an_exchange, drafted, jane, seen


def test_a_cursor_moves_and_remembers_when(s: Session, owner: int) -> None:
    assert record.cursor(s, owner, "home", "INBOX") is None
    assert record.cursor_moved_at(s, owner, "home", "INBOX") is None
    record.move_cursor(s, owner, "home", "INBOX", Cursor(2**32 - 1, 2**32 - 2), NOW)
    record.move_cursor(s, owner, "home", "Sent", Cursor(1, 1), NOW)
    assert record.cursor(s, owner, "home", "INBOX") == Cursor(2**32 - 1, 2**32 - 2)
    record.move_cursor(s, owner, "home", "INBOX", Cursor(8, 3), NOW + WEEK)
    assert record.cursor(s, owner, "home", "INBOX") == Cursor(8, 3)
    assert record.cursor_moved_at(s, owner, "home", "INBOX") == NOW + WEEK


def test_a_message_is_recorded_once_wherever_it_is_seen(s: Session, owner: int) -> None:
    first = seen(s, owner, uid=1)
    assert (first.is_new, first.clash) == (True, False)
    for uid in (1, 2):
        again = seen(s, owner, uid=uid)
        assert (again.message_pk, again.is_new, again.clash) == (first.message_pk, False, False)
    sightings = select(func.count()).where(SightingEntry.owner_id == owner)
    assert s.scalars(sightings).one() == 2


def test_a_known_message_id_with_another_text_is_a_clash(s: Session, owner: int) -> None:
    first = seen(s, owner)
    other = seen(s, owner, uid=2, body_hash="two")
    assert (other.message_pk, other.is_new, other.clash) == (first.message_pk, False, True)


def test_a_lists_footer_is_no_clash_but_another_sender_is(s: Session, owner: int) -> None:
    seen(s, owner, kind=Kind.LIST)
    assert not seen(s, owner, uid=2, body_hash="two", kind=Kind.LIST).clash
    stranger = NamedAddress(Address.parse("eve@evil.example"))
    assert seen(s, owner, uid=3, body_hash="two", kind=Kind.LIST, sender=stranger).clash


def test_the_cursor_and_the_message_stand_or_fall_together(store: Store, owner: int) -> None:
    with pytest.raises(RuntimeError), store.begin() as s:
        seen(s, owner)
        record.move_cursor(s, owner, "home", "INBOX", Cursor(7, 1), NOW)
        raise RuntimeError
    with store.begin() as s:
        assert record.cursor(s, owner, "home", "INBOX") is None
        assert seen(s, owner).is_new


@pytest.mark.parametrize(
    "message_id", ["<" + "x" * 100_000 + "@y>", "<\0@x>", "<\ud800@x>", "<é@x>"]
)
def test_a_message_id_of_any_shape_is_told_apart(s: Session, owner: int, message_id: str) -> None:
    first = seen(s, owner, message_id)
    assert first.is_new
    assert not seen(s, owner, message_id, uid=2).is_new
    assert seen(s, owner, message_id + "!", uid=3).is_new
    assert len(facts.sent_ids(s, owner, [message_id])) == 0


def test_what_strangers_write_can_be_kept(s: Session, owner: int) -> None:
    odd = "a\0b\ud800c\U0001f600\x1b"
    recorded = seen(
        s, owner, subject=odd, text=odd, sender=NamedAddress(Address.parse("a@b.io"), odd)
    )
    row = s.get_one(MessageEntry, recorded.message_pk)
    assert row.subject == row.text == row.sender_name == "a�b?c\U0001f600\x1b"


def test_a_token_is_not_kept_with_the_mail_that_carried_it(s: Session, owner: int) -> None:
    token = "k7f2secret"
    recorded = seen(
        s,
        owner,
        kind=Kind.INSTRUCTION,
        in_reply_to=f"<{token}@example.org>",
        references=(f"<{token}@example.org>",),
        subject=f"Re: {token}",
        text=f"ok\n> ada+mailflow-{token}@example.org",
        data=token.encode(),
        redact=(token,),
    )
    kept = s.execute(
        select(MessageEntry.__table__).where(MessageEntry.id == recorded.message_pk)
    ).one()
    assert token not in repr(kept)
    assert kept.text.startswith("ok")


def test_of_our_own_mail_only_that_it_was_seen_is_kept(s: Session, owner: int) -> None:
    recorded = seen(s, owner, "<token-inside@example.org>", kind=Kind.OURS)
    kept = s.execute(
        select(MessageEntry.__table__).where(MessageEntry.id == recorded.message_pk)
    ).one()
    assert "token-inside" not in repr(kept)
    assert "hello" not in repr(kept)
    again = seen(s, owner, "<token-inside@example.org>", 2, kind=Kind.OURS, body_hash="two")
    assert (again.is_new, again.clash) == (False, False)


def test_quarantine_keeps_the_bytes_until_they_are_released(s: Session, owner: int) -> None:
    data = bytes(range(256)) * 10
    held = record.quarantine(s, owner, a_place(5), "nested too deep", data, NOW)
    assert held is not None
    assert record.quarantine(s, owner, a_place(5), "nested too deep", data, NOW) is None
    (kept,) = record.quarantined(s, owner)
    assert (kept.id, kept.location, kept.reason, kept.data, kept.quarantined_at) == (
        held, a_place(5), "nested too deep", data, NOW,
    )  # fmt: skip
    assert record.release(s, owner, held)
    assert not record.release(s, owner, held)
    assert record.quarantined(s, owner) == ()


def test_an_exchange_counts_once_and_moves_the_last_instants(s: Session, owner: int) -> None:
    contact = jane(s, owner)
    wrote = an_exchange(contact, Direction.IN, NOW)
    assert record.add_interaction(s, owner, wrote)
    assert not record.add_interaction(s, owner, wrote)
    assert record.add_interaction(s, owner, an_exchange(contact, Direction.OUT, NOW - WEEK))
    called = an_exchange(contact, Direction.BOTH, NOW + WEEK, Deed.CALL)
    assert record.add_interaction(s, owner, called)
    known = facts.contact_facts(s, owner, contact)
    assert (known.last_in_at, known.last_out_at, known.last_contact_at) == (
        NOW, NOW - WEEK, NOW + WEEK,
    )  # fmt: skip
    assert facts.interactions(s, owner, contact) == (
        an_exchange(contact, Direction.OUT, NOW - WEEK), wrote, called,
    )  # fmt: skip


def test_an_exchange_from_long_ago_does_not_turn_back_the_clock(s: Session, owner: int) -> None:
    contact = jane(s, owner)
    record.add_interaction(s, owner, an_exchange(contact, Direction.IN, NOW))
    record.add_interaction(s, owner, an_exchange(contact, Direction.IN, NOW - WEEK))
    assert facts.contact_facts(s, owner, contact).last_in_at == NOW


def test_warmth_is_stale_from_an_exchange_until_it_is_saved(s: Session, owner: int) -> None:
    contact = jane(s, owner)
    assert facts.stale(s, owner) == ()
    record.add_interaction(s, owner, an_exchange(contact))
    assert facts.stale(s, owner) == (contact,)
    warmth = Warmth(61, Band.WARM, "She answered twice.", 0.7, 0.4, (("answers", 3.5),))
    record.save_warmth(s, owner, contact, warmth, NOW)
    assert facts.stale(s, owner) == ()
    assert facts.contact(s, owner, contact).warmth == warmth
    record.update_contact(s, owner, contact, is_scored=False)
    record.add_interaction(s, owner, an_exchange(contact, at=NOW + WEEK))
    assert facts.stale(s, owner) == ()


def test_waking_a_contact_makes_them_and_their_drafts_due(s: Session, owner: int) -> None:
    contact = jane(s, owner)
    draft_id = drafted(s, owner, contact)
    record.update_contact(s, owner, contact, due_at=None)
    assert facts.due_contacts(s, owner, NOW + WEEK) == ()
    record.wake_contact(s, owner, contact, NOW)
    assert [each.contact.id for each in facts.due_contacts(s, owner, NOW)] == [contact]
    assert [each.draft.id for each in facts.due_drafts(s, owner, NOW)] == [draft_id]


def test_an_out_of_office_is_kept(s: Session, owner: int) -> None:
    contact = jane(s, owner)
    record.set_away(s, owner, contact, NOW + WEEK)
    assert facts.contact_facts(s, owner, contact).away_until == NOW + WEEK
    record.set_away(s, owner, contact, None)
    assert facts.contact_facts(s, owner, contact).away_until is None


def test_the_last_twenty_decisions_are_kept_the_same_one_once(s: Session, owner: int) -> None:
    contact = jane(s, owner)
    guards = (Guard("window", hit=True, reason="It is night there."), Guard("cap", False, ""))
    for day in range(25):
        for hour in range(2):
            at = NOW + timedelta(days=day, hours=hour)
            record.note_decision(s, owner, contact, "Wait", f"Day {day}", guards, at)
    kept = facts.decisions(s, owner, contact)
    assert [each.reason for each in kept] == [f"Day {day}" for day in range(24, 4, -1)]
    assert (kept[0].at, kept[0].action, kept[0].guards) == (
        NOW + timedelta(days=24, hours=1), "Wait", guards,
    )  # fmt: skip


def test_promises_are_numbered_and_kept_once(s: Session, owner: int) -> None:
    contact = jane(s, owner)
    first = record.add_promise(s, owner, contact, "the benchmark", NOW, source="<1@x> 1")
    assert record.add_promise(s, owner, contact, "the benchmark", NOW, source="<1@x> 1") == first
    due = date(2026, 12, 1)
    second = record.add_promise(s, owner, contact, "a lunch", NOW, due_on=due)
    assert (first, second) == (1, 2)
    assert facts.contact_facts(s, owner, contact).has_open_promise
    assert record.finish_promise(s, owner, 1, NOW) == "the benchmark"
    assert record.finish_promise(s, owner, 1, NOW) is None
    assert record.finish_promise(s, owner, 99, NOW) is None
    assert facts.contact_facts(s, owner, contact).has_open_promise
    assert record.finish_promise(s, owner, 2, NOW) == "a lunch"
    assert not facts.contact_facts(s, owner, contact).has_open_promise


def test_an_outcome_counts_once(s: Session, owner: int) -> None:
    contact = jane(s, owner)
    assert record.add_outcome(s, owner, contact, "a client", NOW, value=5000, source="<1@x> 2")
    assert not record.add_outcome(s, owner, contact, "a client", NOW, source="<1@x> 2")
    assert record.add_outcome(s, owner, contact, "another", NOW)
    assert record.add_outcome(s, owner, contact, "another", NOW), "without a source each counts"


def test_an_owners_mail_is_owed_one_answer(s: Session, owner: int) -> None:
    mail = seen(s, owner, kind=Kind.INSTRUCTION).message_pk
    lines = (Line("met Jane", "Added."), Line("mte Raj", "Not understood.", is_done=False))
    owed = {
        "message_pk": mail,
        "in_reply_to": "<1@acme.io>",
        "references": ("<0@x>", "<1@acme.io>"),
        "subject": "Re: cards",
        "lines": lines,
        "contact_ids": (3, 4),
        "created_at": NOW,
    }
    receipt_id = record.add_receipt(s, owner, **owed)  # type: ignore[arg-type] # by name
    assert receipt_id is not None
    assert record.add_receipt(s, owner, **owed) is None  # type: ignore[arg-type] # by name
    assert record.open_receipts(s, owner) == (Receipt(id=receipt_id, **owed),)  # type: ignore[arg-type] # by name
    assert record.close_receipt(s, owner, receipt_id)
    assert not record.close_receipt(s, owner, receipt_id)
    assert record.open_receipts(s, owner) == ()
    assert record.add_receipt(s, owner, **owed) is None  # type: ignore[arg-type] # by name


def test_the_same_trouble_is_one_line_that_counts(s: Session, owner: int) -> None:
    for day in range(3):
        at = NOW + timedelta(days=day)
        record.add_trouble(s, owner, "fault", "Message 4 failed.", at, key="message 4")
    row = s.scalars(select(TroubleEntry).where(TroubleEntry.owner_id == owner)).one()
    assert (row.times, row.first_at, row.last_at) == (3, NOW, NOW + timedelta(days=2))


def test_the_suppression_list_holds_no_address(s: Session, owner: int) -> None:
    address = Address.parse("jane@acme.io")
    assert record.is_suppressed(s, owner, address) is None
    assert record.suppress(s, owner, address, Suppression.BOUNCED, NOW)
    assert not record.suppress(s, owner, address, Suppression.OWNER, NOW)
    assert record.is_suppressed(s, owner, Address.parse("JANE@acme.io")) is Suppression.BOUNCED
    assert not record.suppress(s, owner, address, Suppression.OPTED_OUT, NOW)
    assert record.is_suppressed(s, owner, address) is Suppression.OPTED_OUT
    record.suppress(s, owner, address, Suppression.FORGOTTEN, NOW)
    assert record.is_suppressed(s, owner, address) is Suppression.FORGOTTEN
    allowed(s, owner, address)
    assert record.is_suppressed(s, owner, address) is None


def test_a_wish_said_again_is_newer_than_the_word_that_overrules_it(s: Session, owner: int) -> None:
    jane, raj = Address.parse("jane@acme.io"), Address.parse("raj@rao.in")
    later = NOW + timedelta(days=9)
    for address in (jane, raj):
        record.suppress(s, owner, address, Suppression.OPTED_OUT, NOW)
    told = facts.listed(s, owner, [jane, raj, Address.parse("eve@x.org")])
    assert {each: (why.reason, why.since_at) for each, why in told.items()} == {
        jane: (Suppression.OPTED_OUT, NOW), raj: (Suppression.OPTED_OUT, NOW),
    }  # fmt: skip
    both = [each.digest for each in told.values()]
    record.suppress(s, owner, raj, Suppression.OPTED_OUT, later)
    assert not record.allow(s, owner, both, later - timedelta(days=1))
    assert facts.listed(s, owner, [jane, raj]).keys() == {jane, raj}
    assert record.allow(s, owner, both, later)
    assert facts.listed(s, owner, [jane, raj]) == {}
    assert record.suppress(s, owner, jane, Suppression.OPTED_OUT, later)


def test_fields_of_a_contact_are_set_by_name(s: Session, owner: int) -> None:
    contact = jane(s, owner)
    record.update_contact(
        s,
        owner,
        contact,
        name="Zoë Roe",
        given="Zoë",
        tier=Tier.INNER,
        every_days=10,
        is_focus=True,
        utc_offset=timedelta(hours=-3, minutes=-30),
        tags=("founders", "ü"),
        met_on=date(2026, 11, 1),
    )
    changed = facts.contact(s, owner, contact)
    assert (changed.name, changed.tier, changed.every_days, changed.is_focus) == (
        "Zoë Roe", Tier.INNER, 10, True,
    )  # fmt: skip
    assert (changed.utc_offset, changed.tags, changed.met_on) == (
        timedelta(hours=-3, minutes=-30), ("founders", "ü"), date(2026, 11, 1),
    )  # fmt: skip
    assert facts.focus_size(s, owner) == 1
    assert [each.id for each in facts.find_contacts(s, owner, "zoe")] == [contact]
    with pytest.raises(NotFound):
        record.update_contact(s, owner, contact + 10**6, name="x")


def test_a_newcomer_is_counted_by_their_mails(s: Session, owner: int) -> None:
    raj = NamedAddress(Address.parse("raj@rao.in"), "Raj Rao")
    for uid in (1, 2, 2):
        mail = seen(s, owner, f"<{uid}@rao.in>", uid, sender=raj).message_pk
        record.add_newcomer(s, owner, raj, mail, NOW + timedelta(days=uid))
    (line,) = facts.summary_facts(s, owner, NOW + WEEK, period="2026-W48").newcomers
    assert (line.sender.address, line.sender.name, line.mails_in, line.last_at) == (
        raj.address, "Raj Rao", 2, NOW + timedelta(days=2),
    )  # fmt: skip
    jane(s, owner, "Raj Rao", "raj@rao.in")
    assert facts.summary_facts(s, owner, NOW + WEEK, period="2026-W48").newcomers == ()


def test_our_own_mail_in_sent_adds_nothing_to_the_exchange_of_its_sending(
    s: Session, owner: int
) -> None:
    from tests.integration.store.world import sent

    contact = jane(s, owner)
    draft = facts.draft(s, owner, sent(s, owner, contact, "<d@x>"))
    assert record.add_sent_interaction(s, owner, draft, NOW)
    assert not record.add_sent_interaction(s, owner, draft, NOW)
    copy = an_exchange(contact, Direction.OUT, NOW, source=f"<d@x> {contact}")
    assert not record.add_interaction(s, owner, copy)
