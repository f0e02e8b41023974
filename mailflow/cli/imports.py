"""What the owner has elsewhere taken in: contacts of other programs, an archive of mailflow's."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mailflow.cli import show
from mailflow.cli.context import house, records
from mailflow.errors import MailflowError, StoreError
from mailflow.model.amount import amount

if TYPE_CHECKING:
    from mailflow.model.imports import ContactFormat, ContactsFile
    from mailflow.tick.house import House

app = typer.Typer()
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
File = Annotated[Path, typer.Argument(help="The file.", exists=False)]


@app.command()
def contacts(
    ctx: typer.Context,
    file: File,
    apply: Annotated[bool, typer.Option("--apply", help="Take them in, without asking.")] = False,
    format: Annotated[  # noqa: A002 # what the owner calls it
        str,
        typer.Option(
            help="What the file is, if it is taken for another: google, outlook, linkedin, vcard,"
            " csv.",
            show_default=False,
        ),
    ] = "",
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", help="Which column holds what: name=HEADING,email=HEADING."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Take in the contacts of another program: Google, Outlook, LinkedIn, vCard, any CSV.

    First it tells what would happen, and changes nothing until you say so. Whoever is known gains
    what is missing; where the file says otherwise, what is known stays. Nobody is written to:
    whoever is new lies on the shelf until you begin. `mailflow import undo` takes it back.
    """
    from mailflow.cli.imported import as_rows, preview, summary
    from mailflow.daemon import clock
    from mailflow.reading.contacts.columns import wishes
    from mailflow.tick import imports

    wanted, told_format = wishes(columns or ()), _format(format)
    with house(ctx) as h:
        found = _read(h, file, told_format, wanted)
        now = clock()
        with h.store.begin() as s:
            told = imports.take_in(s, h, found, now, is_dry=True)
        is_asked = not apply and not as_json and sys.stdin.isatty() and sys.stdout.isatty()
        if not as_json:
            preview(found, told)
        has_news = any(each.changed or each.fate == "new" for each in told.people)
        if has_news and (apply or (is_asked and typer.confirm("Take them in?"))):
            with h.store.begin() as s:
                told = imports.take_in(s, h, found, now)
        if as_json:
            show.as_data(as_rows(found, told))
        else:
            show.text(summary(told, has_news=has_news))


@app.command("list")
def list_(ctx: typer.Context, as_json: AsJson = False) -> None:
    """List the files of contacts that were taken in."""
    from mailflow.store import facts

    with records(ctx) as r:
        found = facts.imports(r.s, r.owner_id)
    zone = r.config.identity.zone
    rows: list[dict[str, Any]] = [
        {
            "number": each.number,
            "file": each.name,
            "format": each.format,
            "new": each.new,
            "merged": each.merged,
            "made_at": each.made_at,
            "undone_at": each.undone_at,
            "when": show.moment(each.made_at, zone),
            "undone": show.moment(each.undone_at, zone),
        }
        for each in found
    ]
    columns = {
        "number": "No.", "file": "File", "format": "As", "new": "New", "merged": "Merged",
        "when": "When", "undone": "Taken back",
    }  # fmt: skip
    empty = "Nothing yet: mailflow import contacts FILE."
    show.listing(rows, columns, as_json=as_json, empty=empty)


@app.command()
def undo(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(help="The import, as mailflow import list has it.")],
    as_json: AsJson = False,
) -> None:
    """Take an import back: what it brought goes, what was learned since stays."""
    from mailflow.store import record

    with records(ctx) as r:
        done = record.undo_import(r.s, r.owner_id, number, r.now)
    if as_json:
        kept = [{"who": who, "why": why} for who, why in done.kept]
        show.as_data({"gone": done.gone, "reverted": done.reverted, "kept": kept})
        return
    gone = amount(done.gone, "person is", "people are")
    said = [f"Import {number} is taken back: {gone} gone again."]
    if done.reverted:
        said.append(f"{done.reverted:,} you knew before have lost what it added.")
    said += [f"{who} {why}" for who, why in done.kept]
    show.text("\n".join(said))


@app.command()
def archive(ctx: typer.Context, file: File) -> None:
    """Load what `mailflow export all` wrote into an empty store."""
    from mailflow.store import record

    with file.open("rb") as data, records(ctx) as r:
        r.store.hold(r.config.state_dir)
        rows = record.load_archive(r.s, r.owner_id, data)
    show.text(f"Loaded: {amount(rows, 'row')}.")
    show.text("Look around with `mailflow people`, then start the daemon.")


def _format(word: str) -> "ContactFormat | None":
    from mailflow.model.imports import ContactFormat

    if not word:
        return None
    try:
        return ContactFormat(word.lower())
    except ValueError:
        formats = ", ".join(ContactFormat)
        raise MailflowError(f"--format: “{word}” is none of {formats}.") from None


def _read(
    h: "House",
    file: Path,
    format: "ContactFormat | None",  # noqa: A002 # as above
    wanted: Any,
) -> "ContactsFile":
    """The people in a file; raises StoreError with the reason when there is no reading it."""
    from mailflow.model.mail import Unreadable
    from mailflow.reading.contacts.read import read
    from mailflow.reading.contacts.table import MAX_BYTES

    with file.open("rb") as opened:
        data = opened.read(MAX_BYTES + 1)
    found = read(data, file.name, region=h.identity.region, format=format, wanted=wanted)
    if isinstance(found, Unreadable):
        raise StoreError(found.reason)
    return found
