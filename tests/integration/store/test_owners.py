"""Two owners share a store and never see, let alone change, one another's rows."""

import inspect
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from mailflow.errors import MailflowError
from mailflow.model.address import Address, NamedAddress
from mailflow.model.contact import Band, Suppression, Warmth
from mailflow.model.draft import OF_INTRODUCTIONS, DraftEvent, Purpose
from mailflow.model.history import PastMail
from mailflow.model.imports import ContactFormat, ContactsFile, ReadPerson
from mailflow.model.interaction import Direction
from mailflow.model.letter import LetterKind, LetterState
from mailflow.model.suggestion import Decided, Suggestion
from mailflow.model.wire import Cursor
from mailflow.store import facts, queue, record
from mailflow.store.changes import Change
from mailflow.store.database import Session, Store, ensure_owner
from mailflow.store.past import PastCursor
from mailflow.store.tables import OwnerEntry
from tests.builders import NOW, an_identity
from tests.integration.store.test_rights import MONTH, YEAR, a_life_with_jane, everything
from tests.integration.store.world import (
    JANE,
    WEEK,
    a_card,
    a_message,
    a_place,
    an_exchange,
    an_introduction,
    approved,
    drafted,
    seen,
)

ADDRESS = Address.parse("jane@acme.io")
NEWCOMER = NamedAddress(Address.parse("nina@new.example"), "Nina New")
Ids = dict[str, int]
Call = Callable[[Session, int, Ids], object]


def past_mails(each_way: int) -> list[PastMail]:
    """Mail with Jane, who is a contact, and Olga, who is not."""
    both = (JANE, NamedAddress(Address.parse("olga@x.example"), "Olga"))
    return [
        PastMail(f"<{direction}{number}@x>", direction, both, NOW, 1)
        for number in range(each_way)
        for direction in (Direction.IN, Direction.OUT)
    ]


def a_file(name: str, email: str) -> ContactsFile:
    """One person from another program."""
    people = (ReadPerson(a_card(name, email), 2),)
    return ContactsFile("jane.csv", ContactFormat.CSV, "", people)


def populate(s: Session, owner: int) -> Ids:
    """The same life for every owner; the numbers of some of its rows."""
    contact, raj = a_life_with_jane(s, owner)
    record.move_cursor(s, owner, "home", "INBOX", Cursor(1, 1), NOW)
    record.add_past_mail(s, owner, past_mails(2))
    record.move_past_cursor(s, owner, "home", "INBOX", PastCursor(Cursor(1, 1), None), NOW)
    record.save_warmth(s, owner, contact, Warmth(5, Band.COOL, "x"), NOW)
    live = approved(s, owner, contact, purpose=Purpose.REVIVE)
    record.keep_pictures(s, owner, seen(s, owner, "<hers@x>", 2).message_pk, NOW)
    token = queue.add_token(s, owner, "a", [(1, live, 1)], NOW, NOW + WEEK, b"salt")
    queue.set_token_hash(s, owner, token, b"shared digest")
    record.update_contact(s, owner, contact, wants="seed money")
    record.note_brought(s, owner, contact, raj, NOW, "raj")
    record.add_suggestions(s, owner, token, [(2, Suggestion(contact, raj, "a", "b"))], NOW)
    record.add_newcomer_offers(s, owner, token, [(3, NEWCOMER)], NOW)
    letter = queue.queued_letters(s, owner, NOW)[0].id
    record.take_in(s, owner, a_file("Wu Li", "wu@li.example"), NOW)
    pair = record.add_introduction(s, owner, an_introduction(contact, raj, final_id="<final@x>"))
    assert pair is not None
    record.note_acquainted(s, owner, [contact, raj], NOW)
    record.never_introduce(s, owner, contact)
    return {
        "raj": raj,
        "introduction": pair,
        "contact": contact,
        "draft": live,
        "nudge": facts.drafts_of(s, owner, contact)[0].id,
        "token": token,
        "letter": letter,
        "quarantine": record.quarantined(s, owner)[0].id,
        "receipt": record.open_receipts(s, owner)[0].id,
        "message": seen(s, owner, "<hers@x>", 2).message_pk,
    }


def a_change(ids: Ids) -> Change:
    """Somebody was added by a card."""
    return Change(1, ids["contact"], "b", "b", is_new=True, before={}, after={}, made_at=NOW)


EMPTY = dict.fromkeys(
    ("given", "family", "folded_given", "title", "org", "postal", "event", "notes", "wants",
     "offers", "promised", "through", "form"), ""
)  # fmt: skip


def a_joining(ids: Ids) -> Change:
    """Somebody was put together with Jane, and brought her address and what is told of her."""
    contact = {
        **EMPTY, "name": "J R", "folded_name": "j r", "tier": "none", "phones": [], "urls": [],
        "tags": [], "doubts": [], "is_focus": False, "is_scored": True,
        "created_at": NOW.isoformat(),
    }  # fmt: skip
    joined = {
        "contact": contact, "addresses": [[ADDRESS.key, 0]],
        "rows": {"interaction.contact_id": list(range(1, 200)), "draft.contact_id": [ids["draft"]]},
        "pairs": [["acquainted", ids["raj"], True]],
    }  # fmt: skip
    before = {"joined": joined, "title": "x"}
    return Change(1, ids["contact"], "j", "j", is_new=False, before=before, after={}, made_at=NOW)


READS: Mapping[str, Call] = {
    "acquaintances_to_offer": lambda s, o, i: facts.acquaintances_to_offer(s, o, NOW, 9),
    "acquaintances": lambda s, o, i: facts.acquaintances(s, o),
    "acquainted": lambda s, o, i: facts.acquainted(s, o, i["contact"], i["raj"]),
    "began_at": lambda s, o, i: facts.began_at(s, o),
    "bringers": lambda s, o, i: facts.bringers(s, o, NOW - WEEK, NOW + WEEK),
    "brought_with": lambda s, o, i: facts.brought_with(s, o, i["contact"]),
    "candidates": lambda s, o, i: facts.candidates(s, o),
    "contact": lambda s, o, i: facts.contact(s, o, i["contact"]),
    "contact_by_address": lambda s, o, i: facts.contact_by_address(s, o, ADDRESS),
    "contact_facts": lambda s, o, i: facts.contact_facts(s, o, i["contact"]),
    "contacts": lambda s, o, i: facts.contacts(s, o),
    "correspondents": lambda s, o, i: facts.correspondents(
        s, o, [each.id for each in facts.acquaintances(s, o)]
    ),
    "decisions": lambda s, o, i: facts.decisions(s, o, i["contact"]),
    "doubted": lambda s, o, i: facts.doubted(s, o, [i["contact"]]),
    "draft": lambda s, o, i: facts.draft(s, o, i["draft"]),
    "drafts": lambda s, o, i: facts.drafts(s, o),
    "drafts_of": lambda s, o, i: facts.drafts_of(s, o, i["contact"]),
    "drafts_in_introduction": lambda s, o, i: facts.drafts_in_introduction(
        s, o, i["introduction"], OF_INTRODUCTIONS
    ),
    "due_contacts": lambda s, o, i: facts.due_contacts(s, o, NOW),
    "due_drafts": lambda s, o, i: facts.due_drafts(s, o, NOW),
    "due_introductions": lambda s, o, i: facts.due_introductions(s, o, NOW + WEEK) and True,
    "erasure_asked": lambda s, o, i: facts.erasure_asked(s, o, [i["contact"]], NOW),
    "find_contacts": lambda s, o, i: facts.find_contacts(s, o, "jane"),
    "focus_size": lambda s, o, i: facts.focus_size(s, o),
    "has_pictures": lambda s, o, i: facts.has_pictures(s, o, i["message"]),
    "has_written_to": lambda s, o, i: facts.has_written_to(s, o, ADDRESS),
    "histories": lambda s, o, i: dict(facts.histories(s, o, [i["contact"]])),
    "in_the_way": lambda s, o, i: facts.in_the_way(s, o, a_change(i)),
    "imports": lambda s, o, i: facts.imports(s, o),
    "interactions": lambda s, o, i: facts.interactions(s, o, i["contact"]),
    "introduction": lambda s, o, i: facts.introduction(s, o, i["introduction"]),
    "introductions": lambda s, o, i: facts.introductions(s, o),
    "introductions_between": lambda s, o, i: facts.introductions_between(
        s, o, i["contact"], i["raj"]
    ),
    "introductions_of": lambda s, o, i: facts.introductions_of(s, o, i["contact"]),
    "is_never_introduced": lambda s, o, i: facts.is_never_introduced(s, o, i["contact"]),
    "mail_of_newcomer": lambda s, o, i: facts.mail_of_newcomer(s, o, ADDRESS, i["contact"]),
    "newcomers_under": lambda s, o, i: facts.newcomers_under(s, o, i["token"]),
    "nevers_of": lambda s, o, i: facts.nevers_of(s, o, i["contact"]),
    "keeps_together": lambda s, o, i: facts.keeps_together(s, o, a_joining(i)),
    "known": lambda s, o, i: facts.known(
        s, o, a_message(in_reply_to="<hers@x>"), an_identity(), in_sent=False, is_authentic=None
    ),
    "last_approval": lambda s, o, i: facts.last_approval(s, o),
    "last_changes": lambda s, o, i: facts.last_changes(s, o),
    "last_subjects": lambda s, o, i: facts.last_subjects(s, o, i["contact"]),
    "last_texts": lambda s, o, i: facts.last_texts(s, o, ADDRESS, NOW + WEEK),
    "listed": lambda s, o, i: facts.listed(s, o, [Address.parse("olga@x.example"), ADDRESS]),
    "namesakes": lambda s, o, i: facts.namesakes(s, o, i["contact"]),
    "paused_until": lambda s, o, i: facts.paused_until(s, o),
    "measured": lambda s, o, i: facts.measured(s, o, [i["contact"]]),
    "usual": lambda s, o, i: facts.usual(s, o),
    "focused": lambda s, o, i: facts.focused(s, o),
    "new_people": lambda s, o, i: facts.new_people(s, o, NOW - WEEK, NOW + WEEK),
    "quiet_ties": lambda s, o, i: facts.quiet_ties(s, o, NOW + YEAR),
    "spans_of_contacts": lambda s, o, i: facts.spans_of_contacts(s, o, 10),
    "sent_by_message_id": lambda s, o, i: facts.sent_by_message_id(s, o, [f"<{o}-d@x>"]),
    "sent_ids": lambda s, o, i: facts.sent_ids(s, o, [f"<{o}-d@x>", "<hers@x>"]),
    "stale": lambda s, o, i: facts.stale(s, o),
    "suggestions_under": lambda s, o, i: facts.suggestions_under(s, o, i["token"]),
    "summaries": lambda s, o, i: facts.summaries(s, o),
    "summary_facts": lambda s, o, i: facts.summary_facts(s, o, NOW + WEEK, period="2026-W48"),
    "ties_between": lambda s, o, i: facts.ties_between(s, o, [i["contact"], i["raj"]], NOW),
    "unconfirmed": lambda s, o, i: facts.unconfirmed(s, o, [i["contact"]]),
    "traffic": lambda s, o, i: facts.traffic(s, o, NOW, NOW - WEEK),
    "answers_since": lambda s, o, i: queue.answers_since(s, o, NOW - WEEK),
    "find_token": lambda s, o, i: queue.find_token(s, o, [b"shared digest"]),
    "letters_about": lambda s, o, i: queue.letters_about(s, o, "", NOW - WEEK),
    "placement_of": lambda s, o, i: queue.placement_of(s, o, i["draft"]),
    "placements_of": lambda s, o, i: queue.placements_of(s, o, i["contact"]),
    "queued_letters": lambda s, o, i: queue.queued_letters(s, o, NOW),
    "sending": lambda s, o, i: queue.sending(s, o),
    "sending_letters": lambda s, o, i: queue.sending_letters(s, o),
    "newest_draft": lambda s, o, i: queue.newest_draft(s, o) or None,
    "to_place": lambda s, o, i: queue.to_place(s, o),
    "to_show": lambda s, o, i: queue.to_show(s, o),
    "token_salts": lambda s, o, i: queue.token_salts(s, o, [i["token"]]),
    "unfiled": lambda s, o, i: queue.unfiled(s, o),
    "cursor": lambda s, o, i: record.cursor(s, o, "home", "INBOX"),
    "cursor_moved_at": lambda s, o, i: record.cursor_moved_at(s, o, "home", "INBOX"),
    "archive": lambda s, o, i: list(record.archive(s, o)),
    "contacts_in_turn": lambda s, o, i: list(record.contacts_in_turn(s, o)),
    "export_contact": lambda s, o, i: record.export_contact(s, o, i["contact"]),
    "is_prune_due": lambda s, o, i: record.is_prune_due(s, o, NOW, WEEK),
    "is_suppressed": lambda s, o, i: record.is_suppressed(s, o, ADDRESS),
    "next_pictures": lambda s, o, i: record.next_pictures(s, o, NOW),
    "open_receipts": lambda s, o, i: record.open_receipts(s, o),
    "past_cursors": lambda s, o, i: record.past_cursors(s, o, "home"),
    "quarantined": lambda s, o, i: record.quarantined(s, o),
}

WRITES: Mapping[str, Call] = {
    "forget_address": lambda s, o, i: record.forget_address(
        s, o, Address.parse("olga@x.example"), NOW
    ),
    "add_draft": lambda s, o, i: drafted(s, o, i["contact"]),
    "add_letter": lambda s, o, i: queue.add_letter(
        s, o, kind=LetterKind.SUMMARY, subject="s", body="b", now=NOW, token_id=i["token"]
    ),
    "add_token": lambda s, o, i: queue.add_token(
        s, o, "a", [(1, i["draft"], 1)], NOW, NOW + WEEK, b"s"
    ),
    "claim": lambda s, o, i: queue.claim(s, o, i["draft"], "<c@x>", NOW),
    "claim_letter": lambda s, o, i: queue.claim_letter(s, o, i["letter"], NOW),
    "close_erasure": lambda s, o, i: queue.close_erasure(s, o, i["contact"], NOW),
    "edit": lambda s, o, i: queue.edit(s, o, i["draft"], None, "x", (), NOW),
    "hold": lambda s, o, i: queue.hold(s, o, i["draft"], NOW + WEEK),
    "mark_filed": lambda s, o, i: queue.mark_filed(s, o, i["draft"], NOW),
    "mark_shown": lambda s, o, i: queue.mark_shown(s, o, i["nudge"], 1, NOW, due_at=NOW + WEEK),
    "move": lambda s, o, i: queue.move(s, o, i["draft"], DraftEvent.REJECT, NOW),
    "placed": lambda s, o, i: queue.placed(s, o, i["draft"], 1, "Drafts", 1, 1),
    "rewrite": lambda s, o, i: queue.rewrite(
        s, o, facts.draft(s, o, i["draft"]), to=ADDRESS, to_name="x", subject="s", body="b", now=NOW
    ),
    "set_token_hash": lambda s, o, i: queue.set_token_hash(s, o, i["token"], b"x"),
    "settle": lambda s, o, i: queue.settle(s, o, i["draft"], DraftEvent.SENT_BY_OWNER, NOW),
    "settle_letter": lambda s, o, i: queue.settle_letter(s, o, i["letter"], LetterState.HELD, NOW),
    "use_token_item": lambda s, o, i: queue.use_token_item(s, o, i["token"], 1, NOW),
    "void_tokens": lambda s, o, i: queue.void_tokens(s, o, i["draft"]),
    "want_shown": lambda s, o, i: queue.want_shown(s, o, i["draft"]),
    "add_interaction": lambda s, o, i: record.add_interaction(s, o, an_exchange(i["contact"])),
    "add_introduction": lambda s, o, i: record.add_introduction(
        s, o, an_introduction(i["contact"], i["raj"])
    ),
    "add_newcomer": lambda s, o, i: record.add_newcomer(s, o, JANE, i["message"], NOW),
    "add_outcome": lambda s, o, i: record.add_outcome(s, o, i["contact"], "x", NOW),
    "add_past_mail": lambda s, o, i: record.add_past_mail(s, o, past_mails(4)),
    "add_promise": lambda s, o, i: record.add_promise(s, o, i["contact"], "x", NOW),
    "add_receipt": lambda s, o, i: record.add_receipt(
        s, o, message_pk=i["message"], subject="s", lines=(), contact_ids=(), created_at=NOW
    ),
    "add_newcomer_offers": lambda s, o, i: record.add_newcomer_offers(
        s, o, i["token"], [(8, NEWCOMER)], NOW
    ),
    "add_suggestions": lambda s, o, i: record.add_suggestions(
        s, o, i["token"], [(9, Suggestion(i["contact"], i["raj"], "a", "b"))], NOW
    ),
    "add_to_receipt": lambda s, o, i: record.add_to_receipt(s, o, i["message"], (), ()),
    "add_sent_interaction": lambda s, o, i: record.add_interaction(
        s, o, an_exchange(i["contact"], Direction.OUT), by_mailflow=True
    ),
    "allow": lambda s, o, i: record.allow(
        s, o, [each.digest for each in facts.listed(s, o, [ADDRESS]).values()], NOW + WEEK
    ),
    "add_trouble": lambda s, o, i: record.add_trouble(s, o, "other", "x", NOW, key="b"),
    "begin_pictures": lambda s, o, i: record.begin_pictures(s, o, i["message"]),
    "close_receipt": lambda s, o, i: record.close_receipt(s, o, i["receipt"]),
    "confirm_address": lambda s, o, i: record.confirm_address(s, o, ADDRESS),
    "decide_newcomer": lambda s, o, i: record.decide_newcomer(
        s, o, i["token"], 3, NOW, is_adopted=False
    ),
    "decide_suggestion": lambda s, o, i: record.decide_suggestion(
        s, o, i["token"], 2, Decided.BEGUN, NOW
    ),
    "correct_address": lambda s, o, i: record.correct_address(
        s, o, i["contact"], Address.parse("other@acme.io"), "c", NOW, by="you"
    ),
    "correct_fields": lambda s, o, i: record.correct_fields(
        s, o, i["contact"], "title", {"title": "CEO"}, "c", NOW, shown="CEO", by="you"
    ),
    "part_contacts": lambda s, o, i: record.part_contacts(s, o, a_joining(i)),
    "join_contacts": lambda s, o, i: record.join_contacts(s, o, i["contact"], i["contact"], NOW),
    "finish_promise": lambda s, o, i: record.finish_promise(s, o, 1, NOW),
    "forget": lambda s, o, i: record.forget(s, o, i["contact"], NOW),
    "keep_pictures": lambda s, o, i: record.keep_pictures(s, o, i["message"], NOW),
    "may_introduce": lambda s, o, i: record.may_introduce(s, o, i["contact"]),
    "move_cursor": lambda s, o, i: record.move_cursor(s, o, "home", "INBOX", Cursor(9, 9), NOW),
    "move_past_cursor": lambda s, o, i: record.move_past_cursor(
        s, o, "home", "INBOX", PastCursor(Cursor(9, 9), None), NOW
    ),
    "never_introduce": lambda s, o, i: record.never_introduce(s, o, i["contact"], i["raj"]),
    "note_acquainted": lambda s, o, i: record.note_acquainted(
        s, o, [i["contact"], i["raj"]], NOW + WEEK
    ),
    "note_brought": lambda s, o, i: record.note_brought(s, o, i["contact"], i["raj"], NOW, "x"),
    "note_decision": lambda s, o, i: record.note_decision(s, o, i["contact"], "Wait", "x", (), NOW),
    "pause_all": lambda s, o, i: record.pause_all(s, o, NOW + WEEK),
    "prune": lambda s, o, i: record.prune(s, o, NOW + 2 * YEAR, YEAR, MONTH),
    "put_off_newcomer": lambda s, o, i: record.put_off_newcomer(s, o, i["token"], 3, NOW + WEEK),
    "put_off_pictures": lambda s, o, i: record.put_off_pictures(s, o, i["message"], NOW + WEEK),
    "quarantine": lambda s, o, i: record.quarantine(s, o, a_place(8), "x", b"y", NOW),
    "record_message": lambda s, o, i: seen(s, o, "<hers@x>", 2, body_hash="other"),
    "release_pictures": lambda s, o, i: record.release_pictures(s, o, i["message"]),
    "take_back": lambda s, o, i: record.take_back(s, o, a_change(i)),
    "wake_pictures": lambda s, o, i: record.wake_pictures(s, o, NOW + WEEK),
    "release": lambda s, o, i: record.release(s, o, i["quarantine"]),
    "save_card": lambda s, o, i: record.save_card(s, o, a_card(notes="x"), "<cards@x> 1", NOW),
    "save_introduction": lambda s, o, i: record.save_introduction(
        s,
        o,
        an_introduction(i["contact"], i["raj"], id=i["introduction"]),
        an_introduction(i["contact"], i["raj"], id=i["introduction"], outcome="x"),
    ),
    "apply_tag_rules": lambda s, o, i: record.apply_tag_rules(
        s, o, i["contact"], ["pycon"], is_new=False
    ),
    "steer_tag": lambda s, o, i: record.steer_tag(s, o, "pycon", NOW, every_days=9),
    "note_written_to": lambda s, o, i: record.note_written_to(s, o, ADDRESS),
    "save_usual": lambda s, o, i: record.save_usual(s, o, 0.4, -0.1, 0.01),
    "save_warmth": lambda s, o, i: record.save_warmth(
        s, o, i["contact"], Warmth(9, Band.COOL, "x"), NOW
    ),
    "save_warmths": lambda s, o, i: record.save_warmths(
        s, o, {i["contact"]: Warmth(9, Band.COOL, "x")}, NOW
    ),
    "set_away": lambda s, o, i: record.set_away(s, o, i["contact"], NOW),
    "suppress": lambda s, o, i: record.suppress(s, o, ADDRESS, Suppression.OWNER, NOW),
    "load_archive": lambda s, o, i: record.load_archive(
        s, o, BytesIO("".join(record.archive(s, o)).encode())
    ),
    "take_in": lambda s, o, i: record.take_in(s, o, a_file("Eva Au", "eva@au.example"), NOW),
    "undo_import": lambda s, o, i: record.undo_import(s, o, 1, NOW),
    "update_contact": lambda s, o, i: record.update_contact(s, o, i["contact"], notes="x"),
    "wake_contact": lambda s, o, i: record.wake_contact(s, o, i["contact"], NOW + WEEK),
}


def test_every_public_function_is_tried_below() -> None:
    public = {
        name
        for module in (facts, queue, record)
        for name in module.__all__
        if inspect.isfunction(getattr(module, name))
    }
    assert public == READS.keys() | WRITES.keys()


@pytest.fixture
def other(store: Store, owner: int) -> int:
    """A second owner."""
    with store.begin() as s:
        return ensure_owner(s, f"neighbour of {owner}", NOW)


def all_of(s: Session, owner: int) -> Any:
    """Every row of an owner's, with the owner's own."""
    itself = s.execute(select(OwnerEntry.__table__).where(OwnerEntry.id == owner)).one()
    return {**everything(s, owner), "owner": repr(tuple(itself))}


def test_no_read_tells_of_another_owners_rows(s: Session, owner: int, other: int) -> None:
    empty = {name: answer(read, s, other, {}) for name, read in READS.items()}
    ids = populate(s, owner)
    alone = {name: answer(read, s, owner, ids) for name, read in READS.items()}
    for name, read in READS.items():
        assert answer(read, s, other, {}) == empty[name], f"{name} sees a neighbour's rows"
        with_their_ids = answer(read, s, other, ids)
        assert with_their_ids == answer(read, s, other, dict.fromkeys(ids, 0)), name
    populate(s, other)
    for name, read in READS.items():
        assert answer(read, s, owner, ids) == alone[name], f"{name} is disturbed by a neighbour"


def answer(read: Call, s: Session, owner: int, ids: Ids) -> object:
    """What a read says, refusals included; a missing number is a number nobody has."""
    try:
        return read(s, owner, ids or dict.fromkeys(
            ("contact", "draft", "nudge", "token", "letter", "quarantine", "receipt", "message",
             "raj", "introduction"), 0
        ))  # fmt: skip
    except MailflowError as refusal:
        return type(refusal)


@pytest.mark.parametrize("has_rows", [False, True], ids=["a stranger", "a neighbour"])
def test_no_write_touches_another_owners_rows(
    s: Session, owner: int, other: int, has_rows: bool
) -> None:
    ids = populate(s, owner)
    if has_rows:
        populate(s, other)
    before = all_of(s, owner)
    for name, write in WRITES.items():
        trial = s.begin_nested()
        try:
            write(s, other, ids)
        except (MailflowError, IntegrityError):
            trial.rollback()
        else:
            trial.commit()
        assert all_of(s, owner) == before, f"{name} changed a neighbour's rows"


@pytest.mark.parametrize(
    "name",
    ["add_draft", "add_token", "add_letter", "add_interaction", "add_outcome", "add_promise",
     "add_receipt", "add_newcomer", "note_decision", "add_introduction", "note_acquainted",
     "never_introduce", "add_suggestions", "note_brought"],
)  # fmt: skip
def test_the_schema_refuses_a_row_that_hangs_on_a_neighbours(
    s: Session, owner: int, other: int, name: str
) -> None:
    ids = populate(s, owner)
    with pytest.raises(IntegrityError), s.begin_nested():
        WRITES[name](s, other, ids)
