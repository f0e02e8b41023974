"""The commands put together, and the one place where an error becomes an exit code."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from mailflow.cli import (
    cards,
    correct,
    drafts,
    export,
    history,
    imports,
    introduce,
    people,
    reading,
    running,
    setup,
    upkeep,
    write,
)
from mailflow.cli.failures import EPILOG, EXPECTED, report

app = typer.Typer(
    name="mailflow",
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # errors are sentences; a bug shows a plain traceback
    rich_markup_mode=None,  # Rich would triple the time that --help takes
)


@app.callback(epilog=EPILOG)
def mailflow(
    ctx: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option(
            "--config",
            "-c",
            help="The configuration file. By default $MAILFLOW_CONFIG, ./mailflow.toml, or"
            " ~/.config/mailflow/config.toml.",
        ),
    ] = None,
) -> None:
    """Follow up with the people you meet, by mail, with your ok on every word."""
    ctx.obj = config


history.importing.add_typer(imports.app)
for group in (setup, running, history, people, correct, write, export):
    app.add_typer(group.app)
app.add_typer(drafts.app, name="drafts")
app.add_typer(introduce.app)
app.add_typer(introduce.listed, name="introductions")
for group in (upkeep, reading, cards):
    app.add_typer(group.app)


def main() -> None:
    """Run the command line; never a traceback for what can be expected to fail."""
    try:
        app(prog_name="mailflow")
    except EXPECTED as error:
        sys.exit(report(error))
