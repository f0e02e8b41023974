"""What a message is: decided in a fixed order of questions, with the evidence for the answer."""

from mailflow.model.facts import Known
from mailflow.model.mail import LOOP_HEADER, Classification, Evidence, InboundMessage, Kind
from mailflow.reading.bounce import bounces


def classify(message: InboundMessage, known: Known) -> Classification:
    """The kind of a message to the owner: the first question answered yes decides.

    Ours; bounce, auto-reply, robot, list (see `nature`); from the owner to the service; written by
    the owner; from a contact, in answer to ours or not; an unknown human; other.
    """
    if message.header(LOOP_HEADER) is not None:
        return _as(Kind.OURS, "loop header", LOOP_HEADER)
    if known.is_ours:
        return _as(Kind.OURS, "Message-ID", message.message_id)
    natural = nature(message)
    if natural.kind is not Kind.OTHER:
        return natural
    if known.is_from_owner and known.to_service:
        return _as(Kind.INSTRUCTION, "from the owner to the service")
    if known.in_sent or known.is_from_owner:
        return _as(Kind.WRITTEN, "in Sent" if known.in_sent else "from the owner")
    if known.contact_id is not None:
        if known.ours_sent:
            return _as(Kind.REPLY, "answers", ", ".join(sorted(known.ours_sent))[:500])
        return _as(Kind.INTERACTION, "from a contact")
    if message.sender is None:
        return _as(Kind.OTHER, "no sender")
    return _as(Kind.NEWCOMER, "unknown sender", str(message.sender.address))


def nature(message: InboundMessage) -> Classification:
    """What can be told without knowing the owner: bounce, auto-reply, robot, list, else OTHER."""
    if bounces(message):
        return _as(Kind.BOUNCE, "delivery status")
    submitted = (message.header("auto-submitted") or "no").partition(";")[0].strip().lower()
    if submitted.startswith("auto-replied"):
        return _as(Kind.AUTO_REPLY, "Auto-Submitted", submitted)
    if submitted != "no":
        return _as(Kind.ROBOT, "Auto-Submitted", submitted)
    for name in ("list-id", "list-post", "list-unsubscribe"):
        if (value := message.header(name)) is not None:
            return _as(Kind.LIST, name, value[:200])
    precedence = (message.header("precedence") or "").strip().lower()
    if precedence in {"list", "bulk", "junk"}:
        return _as(Kind.LIST if precedence == "list" else Kind.ROBOT, "Precedence", precedence)
    return Classification(Kind.OTHER)


def _as(kind: Kind, rule: str, detail: str = "") -> Classification:
    return Classification(kind, (Evidence(rule, detail),))
