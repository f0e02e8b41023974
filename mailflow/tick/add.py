"""People added from cards and `met` lines."""

from dataclasses import replace

from mailflow.model.card import Card, Gathered
from mailflow.model.correction import Correctable
from mailflow.model.field_words import in_words
from mailflow.model.interaction import Deed, Direction, Interaction
from mailflow.model.letter import Line
from mailflow.store import facts, record
from mailflow.store.cards import SavedCard
from mailflow.store.database import Session
from mailflow.tick.brought import note_through
from mailflow.tick.house import House
from mailflow.tick.mail import Intake, Mail
from mailflow.tick.namesake import ask_namesake


def add_cards(
    s: Session,
    house: House,
    intake: Intake,
    mail: Mail,
    gathered: Gathered,
    *,
    what: str = "card",
) -> tuple[list[Line], list[int]]:
    """Record the people a mail brought; what could not be read is said, line by line.

    `what` tells apart what one mail brings at two times: the cards in it, and its pictures."""
    lines = [Line(text="", said=problem, is_done=False) for problem in gathered.problems]
    ids: list[int] = []
    sender = mail.sender.key if mail.sender else ""
    for position, card in enumerate(gathered.cards):
        source = f"{mail.message.message_id} {what} {position}"
        line, contact_id = add_card(
            s, house, intake, card, source, sender,
            is_quiet=mail.is_renumbered, batch=mail.message.message_id,
        )  # fmt: skip
        if line is not None:
            lines.append(line)
        if contact_id is not None:
            ids.append(contact_id)
    return lines, ids


def add_card(
    s: Session,
    house: House,
    intake: Intake,
    card: Card,
    source: str,
    sender: str,
    *,
    is_quiet: bool = False,
    batch: str = "",
) -> tuple[Line | None, int | None]:
    """Record one person. A line is returned where there is something to say beyond the card.

    Over the number of people one tick may bring (`absurd_per_tick`), and after a renumbering,
    people are recorded and nothing is drafted.
    """
    address = card.address
    name = card.name.value if card.name else str(address or "")
    if address is not None:
        if house.identity.is_owner(address) or address == house.identity.service:
            return Line(name, "That is you; nothing to add.", is_done=False), None
        if reason := record.is_suppressed(s, house.owner_id, address):
            said = f"{address} is on the suppression list ({reason.because}); I left it alone."
            return Line(name, said, is_done=False), None
    met_on = card.met_on or intake.now.astimezone(house.identity.zone).date()
    saved = record.save_card(
        s, house.owner_id, replace(card, met_on=met_on), source, intake.now,
        tier=house.policy.default_tier, batch=batch,
    )  # fmt: skip
    intake.people_by_sender[sender] += 1
    if card.form == "line":
        _log_meeting(s, house, intake, saved.contact_id, source)
    if is_quiet or intake.people_by_sender[sender] > house.policy.absurd_per_tick:
        record.update_contact(s, house.owner_id, saved.contact_id, due_at=None)
        said = (
            f"Recorded, and nothing drafted: that is more than "
            f"{house.policy.absurd_per_tick} people at once. Write focus {name} to begin."
        )
        return Line(name, said, is_done=True), saved.contact_id
    if saved.is_new:
        ask_namesake(s, house, saved.contact_id, intake.now)
    known = None if saved.is_new else _known(s, house, saved)
    through = "" if saved.is_before else _through(s, house, intake, saved, card, source)
    if through and known is None:
        known = Line(facts.contact(s, house.owner_id, saved.contact_id).label, through)
    elif through and known is not None:
        known = replace(known, said=f"{known.said}\n{through}")
    return known, saved.contact_id


def _through(
    s: Session, house: House, intake: Intake, saved: SavedCard, card: Card, source: str
) -> str:
    """Keep who introduced them, by the address where there is one; what to say of it."""
    for by in filter(None, (card.through_address, card.through)):
        if said := note_through(s, house, saved.contact_id, by, source, intake.now):
            return said
    return ""


def _known(s: Session, house: House, saved: SavedCard) -> Line | None:
    """What a card adds to somebody known, and what it says that was not taken over."""
    if saved.is_before:
        return None
    person = facts.contact(s, house.owner_id, saved.contact_id)
    news = ", ".join(dict.fromkeys(map(in_words, saved.changed)))
    said = [f"Known already; new: {news}." if news else "Known already; the card says nothing new."]
    said += saved.of_addresses
    name = person.address if person.address else person.label
    for kept in saved.kept:
        what = in_words(kept.field)
        said.append(f"I kept their {what} “{kept.present}”; the card says “{kept.new}”.")
        if kept.field in set(Correctable):
            said.append(f"To change it, write “{kept.field} {name}: {kept.new}”.")
    return Line(person.label, "\n".join(said))


def _log_meeting(s: Session, house: House, intake: Intake, contact_id: int, source: str) -> None:
    interaction = Interaction(
        contact_id=contact_id,
        direction=Direction.BOTH,
        deed=Deed.MET,
        at=intake.now,
        source=f"{source} met",
    )
    record.add_interaction(s, house.owner_id, interaction)
