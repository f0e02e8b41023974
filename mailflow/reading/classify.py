"""What a message is: decided in a fixed order of questions, with the evidence for the answer."""

from mailflow.model.facts import Known
from mailflow.model.mail import LOOP_HEADER, Classification, Evidence, InboundMessage, Kind
from mailflow.reading import automatic, away
from mailflow.reading.automatic import Question
from mailflow.reading.bounce import is_bounce


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
    if natural.kind is not Kind.OTHER and not _is_answer_by_tool(message, known, natural):
        return natural
    if known.is_from_owner and known.to_service:
        return _as(Kind.INSTRUCTION, "from the owner to the service")
    if known.in_sent:
        return _as(Kind.WRITTEN, "in Sent")
    if known.is_from_owner:
        # what anybody may have written must not pass for the owner's hand; Sent has it anyway
        if not known.is_authentic:
            return _as(Kind.OTHER, "from the owner", "unproved")
        return _as(Kind.WRITTEN, "from the owner")
    if known.contact_id is not None:
        if known.ours_sent:
            return _as(Kind.REPLY, "answers", ", ".join(sorted(known.ours_sent))[:500])
        return _as(Kind.INTERACTION, "from a contact")
    if message.sender is None:
        return _as(Kind.OTHER, "no sender")
    return _as(Kind.NEWCOMER, "unknown sender", str(message.sender.address))


def _is_answer_by_tool(message: InboundMessage, known: Known, natural: Classification) -> bool:
    """A contact's answer to ours that only bears an unsubscribe link: a sales tool's habit."""
    weak = {evidence.rule for evidence in natural.evidence} == {"list-unsubscribe"}
    return weak and bool(known.ours_sent) and known.contact_id is not None


# In this order; the first that finds something decides. Headers prove, forms only suggest, so a
# list's headers come before what an address or a subject suggests.
QUESTIONS: tuple[tuple[Kind, Question], ...] = (
    (Kind.AUTO_REPLY, Question("automatic answer", automatic.replied)),
    (Kind.ROBOT, Question("machine", automatic.robot)),
    (Kind.LIST, Question("list", automatic.listed)),
    (Kind.AUTO_REPLY, Question("automatic answer by its form", automatic.replied_by_form)),
    (Kind.LIST, Question("newsletter", automatic.newsletter)),
    (Kind.ROBOT, Question("machine by its form", automatic.robot_by_form)),
)


def nature(message: InboundMessage) -> Classification:
    """What can be told without knowing the owner: bounce, auto-reply, robot, list, else OTHER.

    An accepted or declined invitation is a person's answer (iTIP REPLY), whatever sent it.
    """
    if automatic.calendar_method(message) in {"REPLY", "COUNTER"}:
        return _as(Kind.OTHER, "calendar answer")
    if (returned := is_bounce(message)) is not None:
        return _as(Kind.BOUNCE, "delivery status", returned)
    for kind, question in QUESTIONS:
        evidence = question.ask(message)
        if evidence is not None:
            returns_at = away.returns_at(message) if kind is Kind.AUTO_REPLY else None
            return Classification(kind, (evidence,), returns_at)
    return Classification(Kind.OTHER)


def _as(kind: Kind, rule: str, detail: str = "") -> Classification:
    return Classification(kind, (Evidence(rule, detail),))
