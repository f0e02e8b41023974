"""`card`: whom files of cards would add — vCards, pictures, PDFs, texts, mails — field by field."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mailflow.cli import show
from mailflow.cli.context import load_config
from mailflow.cli.failures import ExitCode
from mailflow.cli.reading import AsJson, contents, owner, parsed
from mailflow.errors import ConfigError

if TYPE_CHECKING:
    from mailflow.config.values import Pictures
    from mailflow.model.card import Card
    from mailflow.scanner.scanner import Scanner

app = typer.Typer()
Found = tuple[tuple["Card", ...], tuple[str, ...]]
"""The cards of a file, and sentences about what was not taken."""

TEXTS = {".txt", ".text"}
MAX_TEXT = 1_000_000


@app.command()
def card(
    ctx: typer.Context,
    files: Annotated[
        list[Path], typer.Argument(help="Pictures, PDFs, vCards, texts or mails (.eml).")
    ],
    as_json: AsJson = False,
) -> None:
    """Show whom cards would add: each field, how sure it is, and where it was read."""
    from mailflow.model.text import printable
    from mailflow.scanner.scanner import Scanner

    rows: list[dict[str, Any]] = []
    problems: list[str] = []
    with Scanner(_pictures(ctx)) as scanner:
        for file in files:
            cards, said = _cards(file, ctx, scanner)
            rows += [_row(file, each) for each in cards]
            problems += [f"{file.name}: {printable(problem)}" for problem in said]
    if as_json:
        show.as_data(rows)
    else:
        show.text("\n\n".join(_written(row) for row in rows) or "No card was found.")
    for problem in problems:
        typer.echo(problem, err=True)
    raise typer.Exit(ExitCode.FINE if rows else ExitCode.FOUND)


def _pictures(ctx: typer.Context) -> "Pictures | None":
    """What a picture may cost, if there is a configuration."""
    try:
        return load_config(ctx).pictures
    except ConfigError:
        return None


def _cards(file: Path, ctx: typer.Context, scanner: "Scanner") -> Found:
    """By the first bytes a vCard or a picture, by its name a text; everything else is mail."""
    from mailflow.model.scan import Scan
    from mailflow.reading.cards import picture, signature, vcard
    from mailflow.scanner.kinds import is_picture

    data = contents(file)
    identity = owner(ctx)
    region = identity.region if identity else "US"
    if file.suffix.lower() in {".vcf", ".vcard"} or data[:64].lstrip().upper().startswith(b"BEGIN"):
        return vcard.read(data, file.name, region=region)
    if is_picture(data):
        seen = scanner.scan(data, file.name)
        if not isinstance(seen, Scan):
            return (), (seen.reason,)
        return picture.read_scan(seen, region=region, source="the picture"), seen.problems
    if file.suffix.lower() in TEXTS:
        text = data[:MAX_TEXT].decode("utf-8", "replace")
        read = signature.read(text, sender=None, region=region)
        if not (read.name or read.emails or read.phones):
            return (), ("I found no name, address or phone in it.",)
        return (read,), ()
    return _in_mail(file, ctx, scanner)


def _in_mail(file: Path, ctx: typer.Context, scanner: "Scanner") -> Found:
    from mailflow.cli import understood
    from mailflow.model.command import Met
    from mailflow.reading import body, forward
    from mailflow.reading.cards import gather
    from mailflow.reading.cards.seen import called

    # who the owner is decides what in a mail is a card: without a configuration that is an error
    identity = owner(ctx) or load_config(ctx).identity
    message = parsed(file)
    forwards = forward.find(message)
    note = forwards[0].note if forwards else ""
    today = datetime.now(identity.zone).date()
    seen = [
        (part, scanner.scan(part.data, called(part))) for part in gather.pictures(message, forwards)
    ]
    found = gather.cards(message, forwards, note, identity=identity, today=today, seen=seen)
    said = understood.instructions(body.split(message).new_text, message.subject, identity)
    met = tuple(each.command.card for each in said if isinstance(each.command, Met))
    return met + found.cards, found.problems


def _row(file: Path, card: "Card") -> dict[str, Any]:
    from mailflow.cli import understood

    fields = [
        {"field": name, "value": value, "confidence": confidence, "source": source, "doubt": doubt}
        for name, value, confidence, source, doubt in _fields(card)
    ]
    return {"file": file.name, **understood.card_row(card), "fields": fields}


def _fields(card: "Card") -> Iterator[tuple[str, str, float, str, str]]:
    """Name, value, confidence, source and doubt of each field that was read."""
    named = [("name", card.name), ("title", card.title), ("org", card.org)]
    named += [("address", email) for email in card.emails]
    for name, reading in named:
        if reading is not None:
            yield name, reading.value, reading.confidence, reading.source, reading.doubt
    for name, phones in (("phone", card.phones), ("fax", card.faxes)):
        for phone in phones:
            number = phone.e164 or phone.written
            yield name, number, phone.confidence, phone.source, phone.doubt
    for url in card.urls:
        yield "link", url, 1.0, "", ""
    if card.postal:
        yield "postal", card.postal, 1.0, "", ""


def _written(row: dict[str, Any]) -> str:
    """One card as a person reads it: a line a field, then what is doubted and why."""
    lines = [f"{row['name'] or 'Somebody'} ({row['file']})"]
    for field in row["fields"]:
        sure = f"{field['confidence']:.0%}" if field["source"] else ""
        lines.append(
            f"  {field['field']:8} {field['value']:40} {sure:>5}  {field['source']}".rstrip()
        )
    lines += [f"  unsure: {doubt}" for doubt in row["doubts"]]
    lines += [f"  {problem}" for problem in row["problems"]]
    return "\n".join(lines)
