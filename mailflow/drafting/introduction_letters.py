"""The question to the owner about an introduction, as values of its template."""

from mailflow.drafting.letters import Values
from mailflow.drafting.values import first_word
from mailflow.model.introduction_events import AskOwner, Matter
from mailflow.model.policy import Identity
from mailflow.model.text import printable

TITLES = {
    Matter.HELD: "What does {name} mean?",
    Matter.LATE_YES: "A late yes from {name}",
    Matter.TAKEN_BACK: "After the yes, {name} wrote again",
    Matter.QUIET: "Did {pair} find each other?",
    Matter.OUTCOME: "What came of {pair}?",
}


def introduction_question(ask: AskOwner, *, name: str, pair: str, identity: Identity) -> Values:
    """For `introduction_question`; `name` is whom it is about, `pair` both ("Jane and Raj")."""
    title = TITLES[ask.matter].format(name=printable(name, 60), pair=printable(pair, 120))
    return {
        "owner_first": first_word(identity.name),
        "title": title,
        "text": printable(ask.text, 1000),
        "words": printable(ask.words, 400),
        "answers": [(printable(write), printable(does)) for write, does in ask.answers],
        "number": ask.introduction_id,
    }
