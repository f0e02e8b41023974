"""What a file brought, written in bulk: contacts, addresses, readings, and what to take back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from mailflow.model.imports import Fate
from mailflow.store.archive import encoded
from mailflow.store.chunks import chunks
from mailflow.store.columns import Json
from mailflow.store.folding import fold
from mailflow.store.import_known import Someone
from mailflow.store.import_rows import Step
from mailflow.store.inserts import table_of
from mailflow.store.past_deeds import take_history
from mailflow.store.rhythm import apply_tag_rules
from mailflow.store.tables import (
    AddressEntry,
    CardEntry,
    ContactEntry,
    FieldEntry,
    ImportRowEntry,
    TagRuleEntry,
)
from mailflow.store.waiting import past_under, take_newcomers

Row = dict[str, Any]
CHANGING = ("name", "given", "family", "folded_name", "folded_given", "title", "org", "postal",
            "phones", "urls", "tags", "notes", "wants", "offers", "promised")  # fmt: skip
"""The columns of a contact that a card can change."""

RULED = ("tier", "every_days", "paused_until")
"""The columns of a contact that a rule about a tag can change."""


def write(
    s: Session, owner_id: int, import_id: int, origin: str, steps: Sequence[Step], now: datetime
) -> None:
    """Write what the steps found. `origin` begins what each field says about where it came from.

    1. The people, new and changed. 2. Their addresses, with the past mail and the newcomers that
    wait under them. 3. Cards, readings, and what each row brought.
    """
    ids = _people(s, owner_id, steps)
    brought = {at: dict(step.brought) for at, step in enumerate(steps)}
    _addresses(s, owner_id, steps, ids, brought)
    _steer(s, owner_id, steps, ids, brought)
    cards: list[Row] = []
    fields: list[Row] = []
    rows: list[Row] = []
    for at, step in enumerate(steps):
        of = {"owner_id": owner_id, "contact_id": ids[step.someone.number]}
        line = step.person.line
        cards.append({**of, "source": step.person.source, "message_pk": None, "saved_at": now})
        rows.append(
            {
                **of,
                "import_id": import_id,
                "line": line,
                "is_new": step.taken.fate is Fate.NEW,
                "source": step.person.source,
                "brought": brought[at],
            }
        )
        fields += [
            {
                **of,
                "field": name,
                "value": reading.value,
                "confidence": reading.confidence,
                "source": step.person.source,
                "read_from": f"{origin} line {line}",
                "read_at": now,
            }
            for name, reading in step.readings
        ]
    for entry, values in ((CardEntry, cards), (FieldEntry, fields), (ImportRowEntry, rows)):
        if values:
            s.connection().execute(insert(table_of(entry)), values)


def _people(s: Session, owner_id: int, steps: Sequence[Step]) -> dict[int, int]:
    """Insert the new, change the known; the number of each as the steps call them -> contact."""
    table = table_of(ContactEntry)
    new = [step.someone for step in steps if step.taken.fate is Fate.NEW]
    changed = {
        step.someone.number: step.someone
        for step in steps
        if step.taken.fate is Fate.MERGED and not step.someone.is_new
    }
    ids = {step.someone.number: step.someone.number for step in steps}
    columns = [c.name for c in table.columns if c.name not in ("id", "owner_id")]
    made = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    for some in chunks(new):
        values = [{"owner_id": owner_id, **_row(each, columns)} for each in some]
        found = s.execute(made, values).scalars().all()
        ids |= {each.number: pk for each, pk in zip(some, found, strict=True)}
    if changed:
        statement = (
            update(table)
            .where(table.c.owner_id == bindparam("of"), table.c.id == bindparam("pk"))
            .values({name: bindparam(f"new_{name}") for name in CHANGING})
        )
        s.connection().execute(
            statement,
            [
                {"of": owner_id, "pk": pk, **{f"new_{n}": getattr(p.row, n) for n in CHANGING}}
                for pk, p in changed.items()
            ],
        )
    return ids


def _row(someone: Someone, columns: Iterable[str]) -> Row:
    """The values a person's row was made with; the rest is the database's to say."""
    given = vars(someone.row)
    return {name: given[name] for name in columns if name in given}


def _addresses(
    s: Session,
    owner_id: int,
    steps: Sequence[Step],
    ids: Mapping[int, int],
    brought: Mapping[int, Json],
) -> None:
    of_key = {address.key: at for at, step in enumerate(steps) for address in step.addresses}
    next_ = _positions(s, owner_id, [n for n in ids if n > 0])
    rows = []
    for step in steps:
        contact_id = ids[step.someone.number]
        for address in step.addresses:
            rows.append(
                {
                    "owner_id": owner_id,
                    "contact_id": contact_id,
                    "key": address.key,
                    "written": address.written,
                    "position": next_[contact_id],
                }
            )
            next_[contact_id] += 1
    if not rows:
        return
    s.connection().execute(insert(table_of(AddressEntry)), rows)
    for some in chunks(of_key):
        for key, kept in take_newcomers(s, owner_id, some):
            brought[of_key[key]].setdefault("newcomers", []).append(kept)
        for key, kept in past_under(s, owner_id, some):
            at = of_key[key]
            brought[at].setdefault("past", []).append(kept)
            take_history(s, owner_id, ids[steps[at].someone.number], [key])


def _steer(
    s: Session,
    owner_id: int,
    steps: Sequence[Step],
    ids: Mapping[int, int],
    brought: Mapping[int, Json],
) -> None:
    """What the owner said of a tag holds for whoever gets it; of somebody new it is kept what that
    made of them, so that it is not taken for the owner's word about the person."""
    table = table_of(ContactEntry)
    ruled = set(s.scalars(select(TagRuleEntry.tag).where(TagRuleEntry.owner_id == owner_id)))
    for at, step in enumerate(steps):
        tags = step.brought.get("tags", ())
        if ruled and any(fold(tag) in ruled for tag in tags):
            pk, is_new = ids[step.someone.number], step.taken.fate is Fate.NEW
            apply_tag_rules(s, owner_id, pk, tags, is_new=is_new)
            itself = (table.c.owner_id == owner_id, table.c.id == pk)
            row = s.execute(select(*(table.c[name] for name in RULED)).where(*itself)).one()
            brought[at]["rules"] = encoded(row._mapping)


def _positions(s: Session, owner_id: int, ids: Sequence[int]) -> dict[int, int]:
    """Behind which address of a contact the next one stands."""
    table = table_of(AddressEntry)
    found: dict[int, int] = defaultdict(int)
    for some in chunks(ids):
        of_them = (table.c.owner_id == owner_id, table.c.contact_id.in_(some))
        highest = select(table.c.contact_id, func.max(table.c.position)).where(*of_them)
        for contact_id, last in s.execute(highest.group_by(table.c.contact_id)):
            found[contact_id] = last + 1
    return found
