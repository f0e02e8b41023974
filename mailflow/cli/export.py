"""What is kept, handed out: about one person, or everything."""

import os
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailflow.cli import show
from mailflow.cli.context import house, looking
from mailflow.cli.people import Who, one
from mailflow.errors import MailflowError

if TYPE_CHECKING:
    from mailflow.model.contact import Contact
    from mailflow.store.database import Session

app = typer.Typer()
ALL = "all"


class As(StrEnum):
    """What an export is written as."""

    JSON = "json"  # everything; `mailflow import archive` loads that of `all`
    CSV = "csv"  # contacts, for spreadsheets and other address books
    VCARD = "vcard"  # contacts, for other address books


Format = Annotated[As, typer.Option("--format", help="json (everything), csv or vcard (contacts).")]


@app.command()
def export(
    ctx: typer.Context,
    name: Who,
    format: Format = As.JSON,  # noqa: A002 # what the owner calls it
    out: Annotated[
        Path | None, typer.Option(help="Write to this file, for your eyes only, which is made.")
    ] = None,
    vcard: Annotated[bool, typer.Option("--vcard", help="The same as --format vcard.")] = False,
) -> None:
    """Print everything kept about a person, or with `all` everything.

    `mailflow export all --out FILE` writes people, mail, drafts, promises and all else to one file,
    which `mailflow import archive FILE` loads into an empty store. Settings and secrets are not in
    it.
    """
    form = As.VCARD if vcard else format
    if name == ALL:
        _everything(ctx, form, out)
        return
    from mailflow.store import record

    with house(ctx) as h, h.store.begin() as s:
        contact = one(s, h, name)
        data = record.export_contact(s, h.owner_id, contact.id)
    if form is As.JSON and out is None:
        show.as_data(data)
    elif form is As.JSON:
        _put([show.data_text(data)], out)
    else:
        _put(_people([contact], form), out)


def _everything(ctx: typer.Context, form: As, out: Path | None) -> None:
    """Written as it is read: however much there is, little of it is in memory."""
    from mailflow.store import record

    if out is None and sys.stdout.isatty():
        raise MailflowError("That would fill your screen: name a file with --out.")
    with looking(ctx) as (s, owner_id):
        if form is As.JSON:
            _put(record.archive(s, owner_id), out)
        else:
            _put(_all_people(s, owner_id, form), out)


def _all_people(s: "Session", owner_id: int, form: As) -> Iterator[str]:
    from mailflow.cli import spreadsheet
    from mailflow.cli.vcard import written
    from mailflow.store import record

    if form is As.CSV:
        return spreadsheet.written(lambda: record.contacts_in_turn(s, owner_id))
    return (written(contact) for contact in record.contacts_in_turn(s, owner_id))


def _people(people: "list[Contact]", form: As) -> Iterator[str]:
    from mailflow.cli import spreadsheet
    from mailflow.cli.vcard import written

    if form is As.CSV:
        return spreadsheet.written(lambda: people)
    return (written(contact) for contact in people)


def _put(pieces: Iterable[str], out: Path | None) -> None:
    """To standard output, or to a file that only the owner can read and that is whole or not there.

    A file that is there already is left alone.
    """
    if out is None:
        for piece in pieces:
            sys.stdout.write(piece)
        return
    if out.exists():
        raise MailflowError(f"{out} is there already; name another file.")
    made = out.with_name(f".{out.name}.part")
    handle = os.open(made, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            os.fchmod(handle, 0o600)
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(handle)
        made.rename(out)
    except BaseException:
        made.unlink(missing_ok=True)
        raise
