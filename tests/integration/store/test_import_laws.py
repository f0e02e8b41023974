"""What holds for any two files: twice is once, taken back is never, nothing known is lost."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from mailflow.model.imports import Fate, ReadPerson
from mailflow.store import facts, record
from mailflow.store.database import Session, Store, ensure_owner
from tests.builders import NOW
from tests.integration.store.conftest import SECRET
from tests.integration.store.test_imports import IMPORTS, LATER, file, person, phone, state

NAMES = st.sampled_from(["Jane Roe", "JANE ROE", "Raj Rao", "Wu Li", ""])
MAILS = st.sampled_from(["jane@acme.io", "JANE@acme.io", "j@home.org", "raj@rao.in", "wu@li.cn"])
ORGS = st.sampled_from(["", "Acme", "acme", "Pay"])
WORDS = st.sampled_from(["", "tall", "likes tea", "tall\nlikes tea"])
TAGS = st.lists(st.sampled_from(["pycon", "PyCon", "vip"]), max_size=2)
PAGES = st.sampled_from([(), ("https://linkedin.com/in/a",), ("https://linkedin.com/in/b",)])
PHONES = st.sampled_from([(), phone("+49301234567"), phone("+49307654321")])


@st.composite
def rows(draw: st.DrawFn) -> ReadPerson:
    mails = draw(st.lists(MAILS, max_size=2))
    name = draw(NAMES) or ("" if mails else "Nemo")
    return person(
        name, *mails, org=draw(ORGS) or None, title=draw(ORGS) or None, notes=draw(WORDS),
        tags=tuple(dict.fromkeys(draw(TAGS))), urls=draw(PAGES), phones=draw(PHONES),
        line=draw(st.integers(2, 99)), postal=draw(st.sampled_from(["", "Elm St 1", "Oak St 2"])),
    )  # fmt: skip


FILES = st.lists(rows(), max_size=6)


@pytest.fixture(scope="module")
def lone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store of its own, in which every example is undone."""
    path: Path = tmp_path_factory.mktemp("laws") / "laws.db"
    opened = Store.open(f"sqlite:///{path}", secret=SECRET)
    yield opened
    opened.close()
    shutil.rmtree(path.parent)


class Undone(Exception):
    """Nothing of an example stays."""


@settings(max_examples=40, deadline=None)
@given(known=FILES, new=FILES)
def test_any_file_twice_is_once_and_taken_back_is_never(
    lone: Store, known: list[ReadPerson], new: list[ReadPerson]
) -> None:
    for each in (known, new):
        note(str([said(one) for one in each]))
    with pytest.raises(Undone), lone.begin() as s:
        check(s, ensure_owner(s, "laws", NOW), known, new)
        raise Undone


def said(person: ReadPerson) -> tuple[object, ...]:
    card = person.card
    texts = (card.name, card.title, card.org, *card.emails)
    return (*(each.value if each else "" for each in texts), card.tags, card.notes, card.urls,
            card.postal, [each.e164 for each in card.phones])  # fmt: skip


def check(s: Session, owner: int, known: list[ReadPerson], new: list[ReadPerson]) -> None:
    record.take_in(s, owner, file(*known), NOW)
    before = state(s, owner, but=IMPORTS)
    people = {contact.id: contact for contact in facts.contacts(s, owner)}
    dry = record.take_in(s, owner, file(*new), NOW, is_dry=True)
    assert state(s, owner, but=IMPORTS) == before
    done = record.take_in(s, owner, file(*new), NOW)
    assert done.people == dry.people
    for contact in facts.contacts(s, owner):
        if (was := people.get(contact.id)) is not None:
            assert was.name in ("", contact.name)
            assert was.org in ("", contact.org)
            assert set(was.addresses) <= set(contact.addresses)
            assert set(was.tags) <= set(contact.tags)
            assert contact.notes.startswith(was.notes)
    after = state(s, owner)
    again = record.take_in(s, owner, file(*new), LATER)
    assert {each.fate for each in again.people} <= {Fate.UNCHANGED}
    assert (again.number, state(s, owner)) == (None, after)
    if done.number is not None:
        undone = record.undo_import(s, owner, done.number, LATER)
        assert undone.kept == ()
    assert state(s, owner, but=IMPORTS) == before
