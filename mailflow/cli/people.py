"""The people the owner keeps up with: list, look up, explain, hand out, erase."""

from contextlib import nullcontext
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mailflow.cli import show
from mailflow.cli.context import ended_properly, house, records
from mailflow.cli.failures import ExitCode

if TYPE_CHECKING:
    from mailflow.model.contact import Contact
    from mailflow.store.database import Session
    from mailflow.tick.house import House

app = typer.Typer()
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Who = Annotated[str, typer.Argument(help="An address, or a name if only one person has it.")]


@app.command()
def people(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(help="Only those whose name or address has this.")] = "",
    as_json: AsJson = False,
) -> None:
    """List the people you keep up with."""
    from mailflow.store import facts

    with records(ctx) as r:
        found = (
            facts.find_contacts(r.s, r.owner_id, text) if text else facts.contacts(r.s, r.owner_id)
        )
    ranked = sorted(found, key=lambda c: (-(c.warmth.score if c.warmth else -1), c.label))
    columns = {
        "name": "Name", "address": "Address", "org": "At", "tier": "Tier", "warmth": "Warmth",
        "band": "", "focus": "",
    }  # fmt: skip
    show.listing(
        [_row(contact) for contact in ranked],
        columns,
        as_json=as_json,
        empty="Nobody yet: forward a card to the service's address.",
    )


@app.command()
def who(ctx: typer.Context, name: Who, as_json: AsJson = False) -> None:
    """Tell what is known about a person."""
    from mailflow.daemon import clock
    from mailflow.store import record
    from mailflow.tick import tell

    with house(ctx) as h, h.store.begin() as s:
        contact = one(s, h, name)
        said = tell.who(s, h, contact, clock())
        data = record.export_contact(s, h.owner_id, contact.id) if as_json else None
    show.text(said) if data is None else show.as_data(data)


@app.command()
def why(ctx: typer.Context, name: Who) -> None:
    """Explain what was decided about a person."""
    from mailflow.daemon import clock
    from mailflow.tick import tell

    with house(ctx) as h, h.store.begin() as s:
        said = tell.why(s, h, one(s, h, name), clock())
    show.text(said)


@app.command()
def forget(
    ctx: typer.Context,
    name: Who,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
) -> None:
    """Erase a person for good.

    All rows and bodies go; a keyed hash of the address stays, so that nobody writes there again.
    Somebody who is no contact, and known from past mail only, is named by the address. While it
    asks you, nothing is sent to them.
    """
    from mailflow.daemon import clock
    from mailflow.errors import NotFound
    from mailflow.model.address import Address
    from mailflow.store import queue
    from mailflow.tick.erase import asking, erase, erase_address

    with house(ctx) as h:
        try:
            with h.store.begin() as s:
                contact = one(s, h, name)
        except NotFound:
            address = Address.maybe(name)
            if address is None:
                raise
            if not (yes or _wants_gone(f"{address}, who is no contact,")):
                raise typer.Exit(ExitCode.FOUND) from None
            with h.store.begin() as s:
                said = erase_address(s, h, address, clock())
        else:
            label = f"{contact.label} <{contact.address}>" if contact.address else contact.label
            # asked between two transactions: the daemon is not kept waiting for the answer
            with ended_properly(), nullcontext() if yes else asking(h, contact.id, clock):
                if not (yes or _wants_gone(label)):
                    with h.store.begin() as s:
                        queue.close_erasure(s, h.owner_id, contact.id, clock())
                    raise typer.Exit(ExitCode.FOUND)
                with h.store.begin() as s:
                    said = erase(s, h, contact.id, clock())
    print(said)


def _wants_gone(label: str) -> bool:
    return typer.confirm(show.safe(f"Erase {label} for good?"))


@app.command()
def allow(
    ctx: typer.Context,
    name: Who,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
) -> None:
    """Let a person be written to again, who bounced, said stop or was forgotten.

    Somebody forgotten is named by the address. Nothing is sent by it.
    """
    from mailflow.daemon import clock
    from mailflow.tick.allow import NOTHING_LEAVES, allow, barred

    with house(ctx) as h:
        asked_at = clock()
        with h.store.begin() as s:
            found = barred(s, h, name)
        for line in (*found.reasons, NOTHING_LEAVES):
            show.text(line)
        question = show.safe(f"Let {found.label} be written to again?")
        if not yes and not typer.confirm(question):
            raise typer.Exit(ExitCode.FOUND)
        with h.store.begin() as s:
            said = allow(s, h, found.digests, asked_at, found.contact, clock())
    show.text(said)


def one(s: "Session", h: "House", name: str) -> "Contact":
    """Whom the owner means; raises NotFound or Ambiguous."""
    from mailflow.tick.named import one as found

    return found(s, h, name)


def _row(contact: "Contact") -> dict[str, Any]:
    warmth = contact.warmth
    return {
        "id": contact.id,
        "name": contact.name,
        "address": str(contact.address or ""),
        "title": contact.title,
        "org": contact.org,
        "tier": contact.tier,
        "warmth": warmth.score if warmth else None,
        "band": warmth.band if warmth else "",
        "reason": warmth.reason if warmth else "",
        "focus": "focus" if contact.is_focus else "",
        "event": contact.event,
        "tags": list(contact.tags),
    }
