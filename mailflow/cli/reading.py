"""`read` and `card`: what mailflow understands of a file, without remembering anything."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mailflow.cli import show
from mailflow.cli.context import load_config
from mailflow.cli.failures import ExitCode
from mailflow.errors import ConfigError, MailflowError

if TYPE_CHECKING:
    from mailflow.model.card import Card
    from mailflow.model.mail import InboundMessage
    from mailflow.model.policy import Identity

app = typer.Typer()
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
MAX_BYTES = 25 * 1024 * 1024


@app.command()
def read(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="A mail as a file (.eml).", dir_okay=False)],
    as_json: AsJson = False,
) -> None:
    """Show how one mail is understood, and why."""
    from mailflow.cli import understood

    told = understood.told(_parsed(file), _identity(ctx))
    if as_json:
        show.as_data(told)
        return
    show.text(understood.written(told))


@app.command()
def card(
    ctx: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="vCards (.vcf) or mails (.eml).")],
    as_json: AsJson = False,
) -> None:
    """Show whom cards would add, with the doubts."""
    from mailflow.cli import understood
    from mailflow.model.text import printable

    rows: list[dict[str, Any]] = []
    problems: list[str] = []
    for file in files:
        cards, said = _cards(file, ctx)
        rows += [{"file": file.name, **understood.card_row(found)} for found in cards]
        problems += [f"{file.name}: {printable(problem)}" for problem in said]
    columns = {
        "name": "Name", "title": "Title", "org": "At", "emails": "Address", "phones": "Phone",
        "doubts": "Unsure", "file": "From",
    }  # fmt: skip
    show.listing(rows, columns, as_json=as_json, empty="No card was found.")
    for problem in problems:
        typer.echo(problem, err=True)
    raise typer.Exit(ExitCode.FINE if rows else ExitCode.FOUND)


def _identity(ctx: typer.Context) -> "Identity | None":
    """Who the owner is, if there is a configuration; files can be read without one."""
    try:
        return load_config(ctx).identity
    except ConfigError:
        if isinstance(ctx.obj, Path):
            raise
        return None


def _bytes(file: Path) -> bytes:
    if file.stat().st_size > MAX_BYTES:
        raise MailflowError(f"{file} is larger than {MAX_BYTES // 1024**2} MB.")
    return file.read_bytes()


def _parsed(file: Path) -> "InboundMessage":
    from mailflow.model.mail import Unreadable
    from mailflow.reading import parse

    message = parse.parse(_bytes(file), received_at=datetime.now(UTC))
    if isinstance(message, Unreadable):
        raise MailflowError(f"{file} cannot be understood: {message.reason}")
    return message


def _cards(file: Path, ctx: typer.Context) -> "tuple[tuple[Card, ...], tuple[str, ...]]":
    """The cards in one file: a vCard by its name or first line, everything else as mail."""
    from mailflow.cli import understood
    from mailflow.model.command import Met
    from mailflow.reading import body, forward
    from mailflow.reading.cards import gather, vcard

    data = _bytes(file)
    identity = _identity(ctx)
    region = identity.region if identity else "US"
    if file.suffix.lower() in {".vcf", ".vcard"} or data[:64].lstrip().upper().startswith(b"BEGIN"):
        return vcard.read(data, file.name, region=region)
    # who the owner is decides what in a mail is a card: without a configuration that is an error
    identity = identity or load_config(ctx).identity
    message = _parsed(file)
    forwards = forward.find(message)
    note = forwards[0].note if forwards else ""
    today = datetime.now(identity.zone).date()
    found = gather.cards(message, forwards, note, identity=identity, today=today)
    said = understood.instructions(body.split(message).new_text, message.subject, identity)
    met = tuple(each.command.card for each in said if isinstance(each.command, Met))
    return met + found.cards, found.problems
