"""`read`: what mailflow understands of a mail in a file, without remembering anything."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailflow.cli import show
from mailflow.cli.context import load_config
from mailflow.errors import ConfigError, MailflowError

if TYPE_CHECKING:
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

    told = understood.told(parsed(file), owner(ctx))
    if as_json:
        show.as_data(told)
        return
    show.text(understood.written(told))


def owner(ctx: typer.Context) -> "Identity | None":
    """Who the owner is, if there is a configuration; files can be read without one."""
    try:
        return load_config(ctx).identity
    except ConfigError:
        if isinstance(ctx.obj, Path):
            raise
        return None


def contents(file: Path) -> bytes:
    if file.stat().st_size > MAX_BYTES:
        raise MailflowError(f"{file} is larger than {MAX_BYTES // 1024**2} MB.")
    return file.read_bytes()


def parsed(file: Path) -> "InboundMessage":
    from mailflow.model.mail import Unreadable
    from mailflow.reading import parse

    message = parse.parse(contents(file), received_at=datetime.now(UTC))
    if isinstance(message, Unreadable):
        raise MailflowError(f"{file} cannot be understood: {message.reason}")
    return message
