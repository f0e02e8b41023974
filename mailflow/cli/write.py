"""`write`: have a mail to a person drafted now."""

from typing import Annotated

import typer

from mailflow.cli import show
from mailflow.cli.context import house
from mailflow.cli.failures import ExitCode
from mailflow.errors import MailflowError

app = typer.Typer()


@app.command()
def write(
    ctx: typer.Context,
    who: Annotated[str, typer.Argument(help="An address, or a name if only one person has it.")],
    what: Annotated[
        list[str] | None,
        typer.Argument(
            help="coffee next week, congratulate on …, how can i help, send something …, or keep in"
            " touch; without one, whatever is due or a hello."
        ),
    ] = None,
) -> None:
    """Draft a mail to a person now: write jane coffee next week.

    Nothing is sent without your ok: it waits as a draft, shown to you like any other.
    """
    from mailflow.daemon import clock
    from mailflow.reading.command_write import wanted
    from mailflow.tick.demand import write_now

    words = " ".join(what or ())
    command = wanted(who, words)
    if isinstance(command, str):
        said = f"{command[:1].upper()}{command[1:]} `mailflow write --help` shows what I can write."
        raise MailflowError(said)
    line = f"write {who}: {words}" if words else f"write {who}"
    with house(ctx) as h, h.store.begin() as s:
        told, waiting = write_now(s, h, clock(), command, line)
    show.text(told.said)
    if waiting:
        show.text("It waits for your ok: mailflow drafts")
    raise typer.Exit(ExitCode.FINE if told.is_done else ExitCode.FOUND)
