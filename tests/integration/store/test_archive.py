"""Everything written out and loaded elsewhere: the same state, on either engine, or not at all."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import select

from mailflow.errors import MailflowError, SchemaMismatch, StoreError
from mailflow.model.address import Address
from mailflow.model.contact import Suppression
from mailflow.store import facts, record
from mailflow.store.archive import tables
from mailflow.store.database import Session, Store, ensure_owner
from mailflow.store.schema import REVISION
from mailflow.store.tables import Base, OwnerEntry
from tests.builders import NOW
from tests.integration.store.conftest import SECRET
from tests.integration.store.test_owners import populate
from tests.integration.store.test_rights import everything
from tests.integration.store.world import jane

ADA = "ada of the archive"


@pytest.fixture
def empty(fresh_url: str) -> Iterator[Store]:
    """A store nobody has used, on either engine."""
    opened = Store.open(fresh_url, secret=SECRET)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def unused(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the tables and nothing in them, to be copied."""
    file = tmp_path_factory.mktemp("archive") / "unused.db"
    Store.open(f"sqlite:///{file}", secret=SECRET).close()
    return file


@pytest.fixture(scope="module")
def written(unused: Path) -> bytes:
    """An archive of a life with something in every table."""
    file = shutil.copy(unused, unused.with_name("lived.db"))
    lived = Store.open(f"sqlite:///{file}", secret=SECRET)
    with lived.begin() as s:
        owner = ensure_owner(s, "who wrote it", NOW)
        live(s, owner)
    with lived.look() as s:
        data = "".join(record.archive(s, owner)).encode()
    lived.close()
    return data


@pytest.fixture
def lone(unused: Path, tmp_path: Path) -> Iterator[Store]:
    """An empty store for what is the same on both engines."""
    file = shutil.copy(unused, tmp_path / "lone.db")
    opened = Store.open(f"sqlite:///{file}", secret=SECRET)
    yield opened
    opened.close()


def live(s: Session, owner: int) -> None:
    populate(s, owner)
    record.suppress(s, owner, Address.parse("gone@x.org"), Suppression.OPTED_OUT, NOW)


def load(store: Store, data: bytes, name: str = ADA) -> int:
    with store.begin() as s:
        return record.load_archive(s, ensure_owner(s, name, NOW), BytesIO(data))


def recounted(data: bytes, rows: object) -> bytes:
    """The archive with another count of its rows at the end."""
    body, end, rest = data.rpartition(b'"end": ')
    told = json.loads(rest.rstrip()[:-1])
    return body + end + json.dumps({**told, "rows": rows}).encode() + b"}\n"


def without_a_row_of(data: bytes, table: bytes) -> bytes:
    """The archive without the first row of that table, as if it had been written so."""
    head = b'"' + table + b'": [\n'
    row = data.partition(head)[2].partition(b"\n")[0] + b"\n"
    return resummed(data, head + row, head)


def resummed(data: bytes, old: bytes, new: bytes) -> bytes:
    """The archive with something else in it, as if it had been written so."""
    body, end, rest = data.replace(old, new).rpartition(b'"end": ')
    told = json.loads(rest.rstrip()[:-1])
    told["sha256"] = hashlib.sha256(body).hexdigest()
    return body + end + json.dumps(told).encode() + b"}\n"


def test_an_archive_loads_into_an_empty_store_to_the_same_state(
    empty: Store, store: Store, owner: int
) -> None:
    with store.begin() as s:
        live(s, owner)
    with store.look() as s:
        written = "".join(record.archive(s, owner)).encode()
    rows = load(empty, written, name_of(store, owner))
    assert rows > 40
    with empty.look() as s:
        (new,) = s.scalars(select(OwnerEntry.id)).all()
        assert new == owner
        assert "".join(record.archive(s, new)).encode() == written
        loaded = everything(s, new)
    with store.begin() as s:
        assert loaded == everything(s, owner)


def name_of(store: Store, owner: int) -> str:
    with store.begin() as s:
        return s.scalars(select(OwnerEntry.name).where(OwnerEntry.id == owner)).one()


def test_every_table_of_an_owners_is_in_it(written: bytes) -> None:
    told = json.loads(written)
    assert list(told) == ["mailflow", "tables", "end"]
    assert list(told["tables"]) == [table.name for table in tables()]
    assert set(told["tables"]) == set(Base.metadata.tables) - {"owner"}
    assert told["mailflow"]["schema"] == REVISION
    assert told["end"]["rows"] == {name: len(rows) for name, rows in told["tables"].items()}
    filled = {name for name, rows in told["tables"].items() if rows}
    assert filled > {"contact", "draft", "message", "suppression", "introduction", "import_row"}


def test_no_secret_is_in_it(written: bytes) -> None:
    assert SECRET not in written
    assert SECRET.hex().encode() not in written


def test_the_loaded_store_goes_on_where_the_other_stood(written: bytes, empty: Store) -> None:
    load(empty, written)
    with empty.begin() as s:
        owner = ensure_owner(s, ADA, NOW)
        assert record.is_suppressed(s, owner, Address.parse("gone@x.org"))
        before = {contact.id for contact in facts.contacts(s, owner)}
        assert jane(s, owner, "New Person", "new@x.org") not in before


def test_a_store_that_holds_anything_is_left_alone(written: bytes, lone: Store) -> None:
    with lone.begin() as s:
        owner = ensure_owner(s, ADA, NOW)
        jane(s, owner)
        before = everything(s, owner)
    with pytest.raises(StoreError, match="only into an empty"):
        load(lone, written)
    with lone.begin() as s:
        assert everything(s, owner) == before


def test_a_store_of_several_owners_is_left_alone(written: bytes, lone: Store) -> None:
    with lone.begin() as s:
        ensure_owner(s, "somebody else", NOW)
    with pytest.raises(StoreError, match="only into an empty"):
        load(lone, written)


def test_another_secret_is_refused_with_what_to_do(written: bytes, lone: Store) -> None:
    lone.secret = b"t" * 32
    with pytest.raises(StoreError, match=r"Copy secret\.key"):
        load(lone, written)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda data: data[: len(data) // 2], "its end is missing"),
        (lambda data: data[:-200], "damaged|changed"),
        (lambda data: data.replace(b"Jane Roe", b"Eve Evil", 1), "changed since it was written"),
        (lambda data: data + b"{}\n", "something follows its end"),
        (lambda data: b"", "its end is missing"),
        (lambda data: b"name,email\nJane,j@x.org\n", "import contacts"),
        (lambda data: json.dumps(json.loads(data), indent=1).encode(), "import contacts"),
        (lambda data: b'{"mailflow": {"archive": 1},\n', "whose it is"),
        (lambda data: b'{"mailflow": ' + b"[" * 100_000 + b"\n", "first line"),
        (lambda data: resummed(data, b'"contact": [', b'"contract": ['), "no table"),
        (lambda data: resummed(data, b'"is_focus":false', b'"is_focus":"maybe"'), "contact"),
        (lambda data: resummed(data, b'"tier":"none"', b'"tier":"best"'), "tier that is none"),
        (lambda data: resummed(data, b'"is_focus"', b'"is_fokus"'), "is_fokus"),
        (lambda data: resummed(data, b'"contact_id":', b'"contact_id":99'), "contradict"),
        (
            lambda data: resummed(data, b'"contact_id":', b'"contact_id":9' + b"9" * 30),
            "contradict",
        ),
        (lambda data: resummed(data, b'"owner":{"id":', b'"owner":{"it":'), "whose it is"),
        (lambda data: resummed(data, b'"owner":{"id":', b'"owner":{"id":9' + b"9" * 30), "owner"),
        (lambda data: without_a_row_of(data, b"suppression"), "other rows than it counts"),
        (lambda data: recounted(data, []), "counts no rows"),
        (lambda data: recounted(data, {}), "other rows than it counts"),
    ],
)
def test_a_damaged_archive_is_refused_and_nothing_is_loaded(
    written: bytes, lone: Store, damage: object, said: str
) -> None:
    assert callable(damage)
    with pytest.raises(MailflowError, match=said):
        load(lone, damage(written))
    with lone.begin() as s:
        assert not any(everything(s, ensure_owner(s, ADA, NOW)).values())


def test_postgresql_refuses_rows_that_contradict_each_other_too(
    written: bytes, empty: Store
) -> None:
    wrong = resummed(written, b'"contact_id":', b'"contact_id":99')
    with pytest.raises(StoreError, match="contradict"):
        load(empty, wrong)


@pytest.mark.parametrize("part", [b'"schema":"9999"', b'"archive":2'])
def test_an_archive_of_a_newer_program_is_refused(written: bytes, lone: Store, part: bytes) -> None:
    name = part.partition(b":")[0]
    start = written.index(name)
    old = written[start : written.index(b",", start)]
    with pytest.raises(SchemaMismatch, match="newer mailflow"):
        load(lone, resummed(written, old, part))


def test_reading_it_out_holds_up_nobody_who_writes(store: Store, owner: int) -> None:
    with store.begin() as s:
        jane(s, owner)
    with store.look() as reading:
        lines = record.archive(reading, owner)
        head = next(lines)
        with store.begin() as s:
            jane(s, owner, "Raj Rao", "raj@rao.in")
        text = head + "".join(lines)
    assert "Jane Roe" in text
    assert "Raj Rao" not in text
