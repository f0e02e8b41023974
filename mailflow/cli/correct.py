"""`correct`: put right what was read of a person."""

from typing import TYPE_CHECKING, Annotated

import typer

from mailflow.cli import show
from mailflow.cli.context import house
from mailflow.cli.failures import ExitCode
from mailflow.errors import MailflowError

if TYPE_CHECKING:
    from mailflow.model.correction import Correctable

app = typer.Typer()
Who = Annotated[str, typer.Argument(help="An address, or a name if only one person has it.")]


@app.command()
def correct(
    ctx: typer.Context,
    who: Who,
    name: Annotated[str | None, typer.Option(help="Their name.")] = None,
    email: Annotated[str | None, typer.Option(help="The address to write to.")] = None,
    title: Annotated[str | None, typer.Option(help="What they do; empty takes it away.")] = None,
    org: Annotated[str | None, typer.Option(help="Where they work.")] = None,
    phone: Annotated[str | None, typer.Option(help="A number; the one most like it goes.")] = None,
    event: Annotated[str | None, typer.Option(help="Where you met.")] = None,
) -> None:
    """Put right what is known of a person.

    Drafts to them that wait are written anew and need your ok again; `mailflow tell undo` takes
    it back.
    """
    from mailflow.model.correction import Correctable

    given = {
        Correctable.NAME: name, Correctable.EMAIL: email, Correctable.TITLE: title,
        Correctable.ORG: org, Correctable.PHONE: phone, Correctable.EVENT: event,
    }  # fmt: skip
    asked = {field: value for field, value in given.items() if value is not None}
    if not asked:
        raise MailflowError("Say what to put right: --name, --email, --title, --org, --phone …")
    done = _correct(ctx, who, asked)
    raise typer.Exit(ExitCode.FINE if done else ExitCode.FOUND)


def _correct(ctx: typer.Context, who: str, asked: "dict[Correctable, str]") -> bool:
    """Each field in turn; whether all of them could be put right."""
    from mailflow.daemon import clock
    from mailflow.model.correction import Correct
    from mailflow.store import facts
    from mailflow.tick.correct import BY_HAND
    from mailflow.tick.correct import correct as put_right
    from mailflow.tick.mail import Intake
    from mailflow.tick.named import one

    now = clock()
    is_all_done = True
    with house(ctx) as h, h.store.begin() as s:
        person = one(s, h, who)
        batch = f"correct {person.id} {now.isoformat()}"
        for field, value in asked.items():
            contact = facts.contact(s, h.owner_id, person.id)
            line = put_right(
                s, h, Intake(now=now), contact, Correct(field, value.strip()), f"{batch} {field}",
                by=BY_HAND, batch=batch,
            )  # fmt: skip
            show.text(line.said)
            is_all_done = is_all_done and line.is_done
    return is_all_done
