"""Files of contacts in the store: once, twice, taken back, beside what was known and learned."""

from collections.abc import Iterable
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from mailflow.errors import MailflowError, NotFound
from mailflow.model.address import Address, NamedAddress
from mailflow.model.card import Card, Phone, Reading
from mailflow.model.contact import Contact, Suppression, Tier
from mailflow.model.history import Correspondent, PastMail
from mailflow.model.imports import ContactFormat, ContactsFile, Fate, ReadPerson, TakenIn
from mailflow.model.interaction import Deed, Direction
from mailflow.store import facts, record
from mailflow.store.database import Session, ensure_owner
from mailflow.store.inserts import table_of
from mailflow.store.tables import (
    ContactEntry,
    CorrespondentEntry,
    DraftEntry,
    FieldEntry,
    ImportEntry,
    ImportRowEntry,
)
from tests.builders import NOW
from tests.integration.store.test_rights import everything
from tests.integration.store.world import JANE, a_card, an_exchange, drafted, jane, seen

LATER = NOW + timedelta(days=3)
IMPORTS = {"contact_import", "import_row"}


def person(name: str, *emails: str, line: int = 2, **fields: object) -> ReadPerson:
    """Somebody in a file. `org` and `title` may be plain strings."""
    given, _, family = name.partition(" ")
    for field in ("org", "title"):
        if isinstance(value := fields.get(field), str):
            fields[field] = Reading(value)
    read = tuple(Reading(email) for email in emails)
    card = Card(name=Reading(name) if name else None, given=given, family=family, emails=read)
    for field, value in fields.items():
        object.__setattr__(card, field, value)
    return ReadPerson(card, line)


def file(*people: ReadPerson, name: str = "contacts.csv") -> ContactsFile:
    return ContactsFile(name, ContactFormat.CSV, "", people)


def phone(number: str) -> tuple[Phone, ...]:
    return (Phone(number, number),)


def take(s: Session, owner: int, *people: ReadPerson, name: str = "contacts.csv") -> TakenIn:
    return record.take_in(s, owner, file(*people, name=name), NOW)


def fates(told: TakenIn) -> list[Fate]:
    return [each.fate for each in told.people]


def names(people: Iterable[Contact]) -> list[str]:
    return [contact.name for contact in people]


def state(s: Session, owner: int, *, but: Iterable[str] = ()) -> dict[str, list[str]]:
    return {name: rows for name, rows in everything(s, owner).items() if name not in set(but)}


FULL = person(
    "Jane Roe", "jane@acme.io", "j@home.org", org="Acme", title="CTO", tags=("pycon",),
    notes="tall", urls=("https://acme.io",), phones=phone("+49301234567"), postal="Elm St 1",
)  # fmt: skip


def test_somebody_new_lies_on_the_shelf(s: Session, owner: int) -> None:
    told = take(s, owner, FULL)
    assert (fates(told), told.number) == ([Fate.NEW], 1)
    (contact,) = facts.contacts(s, owner)
    assert contact.name == "Jane Roe"
    assert [str(each) for each in contact.addresses] == ["jane@acme.io", "j@home.org"]
    assert (contact.org, contact.title, contact.tags) == ("Acme", "CTO", ("pycon",))
    assert (contact.notes, contact.postal, contact.tier) == ("tall", "Elm St 1", Tier.NONE)
    assert facts.due_contacts(s, owner, NOW + timedelta(days=4000)) == ()


def test_each_field_says_the_import_the_file_and_the_line_it_came_from(
    s: Session, owner: int
) -> None:
    take(s, owner, person("Jane Roe", "jane@acme.io", title="CTO", line=17))
    rows = s.execute(
        select(FieldEntry.field, FieldEntry.read_from).where(FieldEntry.owner_id == owner)
    )
    assert set(rows) >= {
        (field, "import 1, contacts.csv line 17") for field in ("name", "email", "title")
    }


def test_a_dry_run_tells_the_same_and_changes_nothing(s: Session, owner: int) -> None:
    jane(s, owner)
    before = state(s, owner)
    people = (FULL, person("Raj Rao", "raj@rao.in", line=3))
    dry = record.take_in(s, owner, file(*people), NOW, is_dry=True)
    assert state(s, owner) == before
    assert dry.number is None
    assert record.take_in(s, owner, file(*people), NOW).people == dry.people


def test_the_same_file_again_changes_nothing(s: Session, owner: int) -> None:
    people = (
        FULL, person("Raj Rao", line=3), person("Raj Rao", line=4, title="CEO"),
        person("Wu Li", line=5, org="Tea"), person("Wu Li", line=6, org="Tea", title="Chef"),
        person("", "nameless@x.org", line=7),
    )  # fmt: skip
    take(s, owner, *people)
    before = "".join(record.archive(s, owner))
    told = take(s, owner, *people, name="again.csv")
    assert set(fates(told)) == {Fate.UNCHANGED}
    assert told.number is None
    assert "".join(record.archive(s, owner)) == before


def test_what_the_owner_changed_since_is_not_brought_back_by_the_same_file(
    s: Session, owner: int
) -> None:
    take(s, owner, FULL)
    (contact,) = facts.contacts(s, owner)
    record.update_contact(s, owner, contact.id, tags=(), title="CEO", notes="short")
    assert fates(take(s, owner, FULL)) == [Fate.UNCHANGED]
    kept = facts.contact(s, owner, contact.id)
    assert (kept.tags, kept.title, kept.notes) == ((), "CEO", "short")


def test_whoever_is_known_gains_what_is_missing_and_keeps_what_is_known(
    s: Session, owner: int
) -> None:
    contact_id = record.save_card(
        s, owner, a_card(title=Reading("CEO"), notes="met her"), "<1@x> 1", NOW
    ).contact_id
    told = take(s, owner, FULL)
    assert fates(told) == [Fate.MERGED]
    assert set(told.people[0].changed) == {
        "org", "postal", "notes", "tags", "urls", "phones", "emails",
    }  # fmt: skip
    ((_, said),) = told.conflicts
    assert said == "Their title was “CEO”, the file says “CTO”; kept as it was."
    contact = facts.contact(s, owner, contact_id)
    assert (contact.title, contact.notes) == ("CEO", "met her\ntall")


def test_merging_makes_nobody_due(s: Session, owner: int) -> None:
    contact_id = jane(s, owner)
    record.update_contact(s, owner, contact_id, due_at=None)
    take(s, owner, FULL)
    assert facts.due_contacts(s, owner, LATER) == ()


@pytest.mark.parametrize(
    ("known", "met"),
    [
        (person("Jane Roe", "jane@acme.io"), person("J. Roe", "JANE@acme.io", title="x")),
        (person("Jane Roe", org="Acme"), person("JANE  ROE", "j@x.org", org="acme")),
        (person("Jane Roe", "j@x.org", org="Acme"), person("Jane Roe", org="Acme", title="x")),
        (person("Jane Roe", phones=phone("+4930123")),
         person("Jane Roe", "j@x.org", phones=phone("+4930123"), org="New")),
        (person("Jane Roe", urls=("https://www.linkedin.com/in/jroe",), org="Old"),
         person("Jane Roe-Doe", "j@x.org", urls=("http://linkedin.com/in/JROE/",), org="New")),
    ],
    ids=["address", "name and organisation", "a row without address", "phone", "profile"],
)  # fmt: skip
def test_a_person_is_known_by(s: Session, owner: int, known: ReadPerson, met: ReadPerson) -> None:
    take(s, owner, known)
    assert fates(take(s, owner, met)) == [Fate.MERGED]
    assert len(facts.contacts(s, owner)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person("Jane Roe", "jane@acme.io"), person("Jane Roe", "jane@other.io", line=3)),
        (person("Jane Roe", org="Acme"), person("Jane Roe", org="Other", line=3)),
        (person("Jane Roe", title="CTO"), person("Jane Roe", title="CEO", line=3)),
        (person("Jane Roe", "a@acme.io", org="Acme"),
         person("Jane Roe", "b@acme.io", org="Acme", line=3)),
        (person("Jane Roe", urls=("https://linkedin.com/in/one",), org="Acme"),
         person("Jane Roe", urls=("https://linkedin.com/in/two",), org="Acme", line=3)),
        (person("Jane Roe", phones=phone("+4930123")), person("Raj Rao", phones=phone("+4930123"))),
    ],
    ids=["addresses", "organisations", "titles", "rows of one file", "profiles", "switchboard"],
)  # fmt: skip
def test_two_people_of_one_name_are_kept_apart_by(
    s: Session, owner: int, one: ReadPerson, other: ReadPerson
) -> None:
    assert fates(take(s, owner, one, other)) == [Fate.NEW, Fate.NEW]
    assert set(fates(take(s, owner, one, other))) == {Fate.UNCHANGED}
    assert len(facts.contacts(s, owner)) == 2


def test_somebody_without_an_address_gets_one_by_a_card_later(s: Session, owner: int) -> None:
    take(s, owner, person("Jane Roe", org="Acme"))
    (known,) = facts.contacts(s, owner)
    card = a_card(org=Reading("Acme"), event="PyCon")
    assert record.save_card(s, owner, card, "<1@x> 1", LATER).contact_id == known.id
    assert facts.contact(s, owner, known.id).address == Address.parse("jane@acme.io")
    assert [each.contact.id for each in facts.due_contacts(s, owner, LATER)] == [known.id]


def test_rows_about_one_person_become_one_contact(s: Session, owner: int) -> None:
    told = take(
        s, owner, person("Jane Roe", "jane@acme.io"),
        person("Jane Roe", "jane@acme.io", "j@home.org", line=3, title="CTO"),
    )  # fmt: skip
    assert fates(told) == [Fate.NEW, Fate.MERGED]
    (contact,) = facts.contacts(s, owner)
    assert (contact.title, len(contact.addresses)) == ("CTO", 2)


def test_an_address_of_somebody_else_is_left_with_them(s: Session, owner: int) -> None:
    raj = jane(s, owner, "Raj Rao", "raj@rao.in")
    told = take(s, owner, person("Jane Roe", "jane@acme.io"),
                person("Jane Roe", "jane@acme.io", "raj@rao.in", line=3))  # fmt: skip
    assert [said for _, said in told.conflicts] == [
        "raj@rao.in belongs to somebody else you know; it was left with them."
    ]
    assert len(facts.contact(s, owner, raj).addresses) == 1


@pytest.mark.parametrize("reason", Suppression)
def test_whoever_is_on_the_suppression_list_does_not_come_back(
    s: Session, owner: int, reason: Suppression
) -> None:
    record.suppress(s, owner, Address.parse("jane@acme.io"), reason, NOW)
    told = take(s, owner, person("Jane Roe", "jane@acme.io"), FULL)
    assert [str(a) for c in facts.contacts(s, owner) for a in c.addresses] == ["j@home.org"]
    assert len(told.left_out) == 2
    assert "suppression list" in told.left_out[0].reason


def test_a_forgotten_person_leaves_nothing_in_the_imports(s: Session, owner: int) -> None:
    take(s, owner, FULL, name="Jane Roe.csv")
    (contact,) = facts.contacts(s, owner)
    record.forget(s, owner, contact.id, NOW)
    assert [each.name for each in facts.imports(s, owner)] == [""]
    rows = select(ImportRowEntry).where(ImportRowEntry.owner_id == owner)
    assert s.scalars(rows).all() == []
    assert fates(take(s, owner, person("Jane Roe", "jane@acme.io"))) == []


def test_what_the_owner_said_of_a_tag_holds_for_those_a_file_gives_it(
    s: Session, owner: int
) -> None:
    record.steer_tag(s, owner, "PyCon", NOW, tier=Tier.KEY, paused_until=LATER)
    take(s, owner, FULL, person("Raj Rao", "raj@rao.in", line=3))
    jane_, raj = facts.contacts(s, owner)
    assert (jane_.tier, jane_.paused_until, raj.tier) == (Tier.KEY, LATER, Tier.NONE)
    assert facts.due_contacts(s, owner, LATER) == ()
    undone = record.undo_import(s, owner, 1, LATER)
    assert (undone.gone, undone.kept) == (2, ())


# ── taking back ────────────────────────────────────────────────────────────────────────────────


def test_an_import_taken_back_leaves_the_store_as_it_was(s: Session, owner: int) -> None:
    raj = record.save_card(
        s, owner, a_card("Raj Rao", "raj@rao.in", notes="kind", tags=("a",)), "<r@x> 1", NOW
    ).contact_id
    record.update_contact(s, owner, raj, due_at=None)
    newcomer = seen(s, owner, "<hers@x>", 2).message_pk
    record.add_newcomer(s, owner, JANE, newcomer, NOW)
    record.add_past_mail(s, owner, [
        PastMail(f"<{n}@x>", way, (NamedAddress(Address.parse("j@home.org"), "Jane"),), NOW, 1)
        for n, way in enumerate((Direction.IN, Direction.OUT))
    ])  # fmt: skip
    before = state(s, owner, but=[*IMPORTS, "correspondent", "exchange"])
    acquaintances = facts.correspondents(s, owner, [c.id for c in people_of_the_past(s, owner)])
    told = take(
        s, owner, FULL,
        person("Raj Rao", "raj@rao.in", "r@home.org", line=3, org="Pay", notes="tall",
               tags=("b", "a"), phones=phone("+4930999"), urls=("https://rao.in",)),
        person("Jane Roe", "jane@acme.io", line=4, notes="very tall"),
    )  # fmt: skip
    assert fates(told) == [Fate.NEW, Fate.MERGED, Fate.MERGED]
    assert people_of_the_past(s, owner) == ()
    undone = record.undo_import(s, owner, 1, LATER)
    assert (undone.gone, undone.reverted, undone.kept) == (1, 1, ())
    assert state(s, owner, but=[*IMPORTS, "correspondent", "exchange"]) == before
    after = people_of_the_past(s, owner)
    assert [(c.address, c.name, c.heard, c.written) for c in after] == [
        (c.address, c.name, c.heard, c.written) for c in acquaintances
    ]
    (listed,) = facts.imports(s, owner)
    assert (listed.number, listed.new, listed.merged, listed.undone_at) == (1, 1, 1, LATER)


def people_of_the_past(s: Session, owner: int) -> tuple[Correspondent, ...]:
    ids = s.scalars(select(CorrespondentEntry.id).where(CorrespondentEntry.owner_id == owner)).all()
    return facts.correspondents(s, owner, ids)


def test_what_was_taken_back_can_be_taken_in_again(s: Session, owner: int) -> None:
    take(s, owner, FULL)
    record.undo_import(s, owner, 1, NOW)
    told = take(s, owner, FULL)
    assert (fates(told), told.number) == ([Fate.NEW], 2)


def learn_tier(s: Session, owner: int, contact: int) -> None:
    record.update_contact(s, owner, contact, tier=Tier.KEY)


def learn_title(s: Session, owner: int, contact: int) -> None:
    record.update_contact(s, owner, contact, title="CEO")


def learn_mail(s: Session, owner: int, contact: int) -> None:
    record.add_interaction(s, owner, an_exchange(contact, at=LATER))


def learn_call(s: Session, owner: int, contact: int) -> None:
    call = an_exchange(contact, Direction.BOTH, NOW - timedelta(days=9), Deed.CALL)
    record.add_interaction(s, owner, call)


def learn_draft(s: Session, owner: int, contact: int) -> None:
    drafted(s, owner, contact)


def learn_promise(s: Session, owner: int, contact: int) -> None:
    record.add_promise(s, owner, contact, "a book", NOW)


def learn_card(s: Session, owner: int, contact: int) -> None:
    record.save_card(s, owner, a_card(), "<c@x> 1", LATER, known=contact)


def learn_address(s: Session, owner: int, contact: int) -> None:
    card = Card(emails=(Reading("jane@new.org"),))
    record.save_card(s, owner, card, "same 1", LATER, known=contact)


def learn_import(s: Session, owner: int, contact: int) -> None:
    take(s, owner, person("Jane Roe", "jane@acme.io", "third@x.org"))


@pytest.mark.parametrize(
    "learn",
    [learn_tier, learn_title, learn_mail, learn_call, learn_draft, learn_promise, learn_card,
     learn_address, learn_import],
)  # fmt: skip
def test_whoever_something_was_learned_about_since_stays(
    s: Session, owner: int, learn: object
) -> None:
    take(s, owner, FULL, person("Raj Rao", "raj@rao.in", line=3))
    contact = next(c.id for c in facts.contacts(s, owner) if c.name == "Jane Roe")
    assert callable(learn)
    learn(s, owner, contact)
    before = facts.contact(s, owner, contact)
    undone = record.undo_import(s, owner, 1, LATER)
    assert undone.gone == 1
    assert [who for who, _ in undone.kept] == ["Jane Roe"]
    assert undone.kept[0][1].startswith("stays: ")
    assert facts.contact(s, owner, contact) == before
    assert names(facts.contacts(s, owner)) == ["Jane Roe"]


def test_a_field_edited_since_stays_and_the_rest_goes(s: Session, owner: int) -> None:
    contact = jane(s, owner)
    take(s, owner, FULL)
    record.update_contact(s, owner, contact, title="CEO", notes="tall\nlikes tea")
    undone = record.undo_import(s, owner, 1, LATER)
    assert undone.kept == (("Jane Roe", "keeps what was changed since: title."),)
    kept = facts.contact(s, owner, contact)
    assert (kept.title, kept.notes, kept.org, kept.tags) == ("CEO", "likes tea", "", ())
    assert [str(each) for each in kept.addresses] == ["jane@acme.io"]


def test_an_address_that_was_written_to_since_stays(s: Session, owner: int) -> None:
    contact = jane(s, owner)
    take(s, owner, person("Jane Roe", "jane@acme.io", "j@home.org"))
    drafted(s, owner, contact, to="j@home.org")
    undone = record.undo_import(s, owner, 1, LATER)
    assert undone.kept == (("Jane Roe", "keeps j@home.org: there is mail with it."),)
    assert len(facts.contact(s, owner, contact).addresses) == 2


def test_an_address_that_a_mail_to_two_goes_to_stays(s: Session, owner: int) -> None:
    jane(s, owner)
    raj = jane(s, owner, "Raj Rao", "raj@rao.in")
    take(s, owner, person("Jane Roe", "jane@acme.io", "j@home.org"))
    drafted(s, owner, raj, to="raj@rao.in")
    table = table_of(DraftEntry)
    s.execute(update(table).values(second_key="j@home.org", second_written="j@home.org"))
    undone = record.undo_import(s, owner, 1, LATER)
    assert undone.kept == (("Jane Roe", "keeps j@home.org: there is mail with it."),)


def test_past_mail_read_after_the_import_goes_back_to_the_past(s: Session, owner: int) -> None:
    take(s, owner, FULL)
    mails = [
        PastMail(f"<{n}@x>", Direction.IN, (JANE,), NOW - timedelta(days=n), 1) for n in range(3)
    ]
    record.add_past_mail(s, owner, mails)
    assert record.undo_import(s, owner, 1, LATER).gone == 1
    assert len(people_of_the_past(s, owner)) == 1
    assert facts.contacts(s, owner) == ()


def test_an_import_nobody_made_and_one_taken_back_are_refused(s: Session, owner: int) -> None:
    with pytest.raises(NotFound, match="no import 7"):
        record.undo_import(s, owner, 7, NOW)
    take(s, owner, FULL)
    record.undo_import(s, owner, 1, NOW)
    with pytest.raises(MailflowError, match="taken back already"):
        record.undo_import(s, owner, 1, NOW)


def test_the_schema_refuses_a_row_of_a_neighbours_import(s: Session, owner: int) -> None:
    other = ensure_owner(s, f"neighbour of {owner} in imports", NOW)
    take(s, owner, FULL)
    rows = table_of(ImportRowEntry)
    with pytest.raises(IntegrityError), s.begin_nested():
        s.execute(update(rows).where(rows.c.owner_id == owner).values(owner_id=other))
    assert s.scalars(select(ImportEntry.number).where(ImportEntry.owner_id == owner)).all() == [1]
    assert s.scalars(select(ContactEntry.id).where(ContactEntry.owner_id == other)).all() == []


# ── people who are no contacts ─────────────────────────────────────────────────────────────────


def test_somebody_known_from_past_mail_only_can_be_forgotten(s: Session, owner: int) -> None:
    olga = NamedAddress(Address.parse("olga@x.example"), "Olga Orlova")
    mails = [PastMail(f"<{n}@x>", Direction.IN, (olga, JANE), NOW, 2) for n in range(3)]
    record.add_past_mail(s, owner, mails)
    seen(s, owner, "<hers@x>", 3, sender=olga, text="yours, Olga")
    assert record.forget_address(s, owner, olga.address, NOW) >= 2
    named = [row for rows in everything(s, owner).values() for row in rows if "olga" in row.lower()]
    assert named == []
    assert record.is_suppressed(s, owner, olga.address) is Suppression.FORGOTTEN
    assert [str(each.address) for each in people_of_the_past(s, owner)] == ["Jane@acme.io"]
    record.add_past_mail(s, owner, mails)
    assert len(people_of_the_past(s, owner)) == 1


def test_nobody_is_forgotten_of_whom_nothing_is_kept(s: Session, owner: int) -> None:
    with pytest.raises(NotFound, match="Nothing is kept"):
        record.forget_address(s, owner, Address.parse("typo@x.example"), NOW)
    assert record.is_suppressed(s, owner, Address.parse("typo@x.example")) is None
