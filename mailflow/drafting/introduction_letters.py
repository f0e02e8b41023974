"""The question to the owner about an introduction, as values of its template."""

from mailflow.drafting.letters import Values
from mailflow.drafting.values import first_word
from mailflow.model.introduction_events import AskOwner, Matter
from mailflow.model.policy import Identity
from mailflow.model.text import printable

TITLES = {
    Matter.HELD: "What does this answer mean?",
    Matter.LATE_YES: "A late yes:",
    Matter.TAKEN_BACK: "A doubt after a yes:",
    Matter.QUIET: "Are they in touch?",
    Matter.OUTCOME: "What came of it?",
}
"""How the subject begins; behind it stands whom it is about."""


def introduction_question(ask: AskOwner, whom: str, identity: Identity) -> Values:
    """For `introduction_question`; `whom` names the side it is about, or both."""
    return {
        "owner_first": first_word(identity.name),
        "title": f"{TITLES[ask.matter]} {printable(whom, 120)}",
        "text": printable(ask.text, 1000),
        "words": printable(ask.words, 400),
        "answers": [(printable(write), printable(does)) for write, does in ask.answers],
        "number": ask.introduction_id,
    }
