"""The few words that are a verdict, and those around them that change nothing, folded."""

from mailflow.model.closing import FAREWELLS, bare, is_farewell
from mailflow.model.text import folded

APPROVE = frozenset(
    ["ok", "okay", "okey", "k", "yes", "yep", "yup", "yeah", "sure", "send", "approve", "approved",
     "go", "lgtm", "ja", "jawohl", "oui", "si", "sim", "senden", "envoyer", "enviar", "approuver"]
)  # fmt: skip
REJECT = frozenset(
    ["no", "nope", "skip", "drop", "reject", "rejected", "cancel", "discard", "nein", "non", "nee",
     "nao", "don't", "dont", "never"]
)  # fmt: skip
LATER = frozenset(["later", "snooze", "postpone", "remind", "spater", "defer"])
HAPPENED = frozenset(["sent", "it was sent", "it went out", "went out", "it arrived", "it's sent",
                      "was sent", "it did", "it went", "already sent"])  # fmt: skip
SEND_AGAIN = frozenset(["send again", "send it again", "resend", "resend it", "please resend",
                        "please send again", "send again please", "please send it again"]
)  # fmt: skip
PHRASES: dict[str, frozenset[str]] = {
    "approve": frozenset(
        ["looks good", "sounds good", "all good", "do it", "good to go", "go for it", "looks great"]
    ),
    "reject": frozenset(["do not send", "do not", "do not send it", "do not send this"]),
}
"""Pure only as a whole: none of their words is a verdict by itself."""

AS_IS = ("send as is", "send as-is", "send it as is", "send this as is", "send exactly this",
         "send the following", "send this instead", "send this", "send it like this")  # fmt: skip
NEW_TEXT = ("new text", "edit", "text", "instead", "change to", "replace with")
"""Before a colon they say that what follows is the new text."""

ALL = frozenset(["all", "both", "everything", "alles", "alle", "tout", "todo", "todos", "tutti"])
FILL = frozenset(
    ["it", "this", "that", "please", "pls", "plz", "thanks", "thank", "you", "thx", "great",
     "perfect", "good", "fine", "looks", "sounds", "ahead", "for", "now", "so", "much", "very",
     "the", "to", "one", "ones", "out", "danke", "bitte", "merci", "gracias", "grazie", "do",
     "number", "no.", "nr", "item", "items", "draft", "drafts", "cheers", "and", "&", "well"]
)  # fmt: skip
"""Words that may stand around a verdict and change nothing; no negation and no condition."""

AROUND_NO = FILL - {"great", "perfect", "good", "fine", "looks", "sounds", "ahead", "now", "well"}
AROUND_LATER = frozenset(["me", "again", "it", "this", "please", "about", "until", "ask", "that"])

NEVER_A_NAME = frozenset(
    ["wait", "stop", "but", "not", "except", "change", "undo", "actually", "sorry", "hmm", "also",
     "then", "hold", "halt", "warte", "warten", "stopp", "attends", "espera", "aspetta", "wacht",
     "remove", "add", "first", "fix", "typo", "delete", "only", "unless", "if", "please", "wrong",
     "nicht", "pas", "different", "instead", "ps", "p.s", "maybe", "today", "tomorrow", "monday",
     "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "careful", "question"]
) | APPROVE | REJECT | LATER  # fmt: skip
"""A line with one of these under a verdict is never taken for the owner's name."""

EMOJI = {
    "👍": " ok ", "✅": " ok ", "👌": " ok ", "☑": " ok ", "✔": " ok ", "👎": " skip ",
    "❌": " skip ", "🚫": " skip ", "🙏": " thanks ", "🙂": " ", "😊": " ", "😀": " ", "🎉": " ",
    "\ufe0f": "", "\u200d": "",
}  # fmt: skip
TONES = dict.fromkeys(range(0x1F3FB, 0x1F400))
"""Skin tones of emoji: they change nothing."""

MAX_NAME_WORDS = 6

LEGAL = ("confidential", "privileged", "intended recipient", "intended for", "vertraulich",
         "confidentiel", "confidencial", "riservat", "vertrouwelijk", "disclaimer",
         "consider the environment", "geschaftsfuhrer", "registered in", "amtsgericht")  # fmt: skip
MIN_LEGAL = 60
"""Characters of the small print that companies put under every mail."""


def tokens(text: str) -> list[str]:
    """Folded words and the separators `,` and `;`; sentence punctuation is gone, `?` stays."""
    plain = text.translate(TONES)
    for emoji, word in EMOJI.items():
        plain = plain.replace(emoji, word)
    for separator in (",", ";"):
        plain = plain.replace(separator, f" {separator} ")
    plain = plain.replace("?", " ? ").replace("—", " , ").replace("–", "-")
    found = (word.strip('.!:"“”()[]*_#~') for word in folded(plain).split())
    return [word for word in found if word and word != "-"]


def without_name(line: str, owner: str) -> str:
    """`ok thanks Ada` without the owner's own name at its end; a name that is a verdict stays."""
    names = {word for word in folded(owner).split() if word not in NEVER_A_NAME | FILL}
    words = line.split()
    while len(words) > 1 and folded(words[-1]).strip(".,!-–") in names:
        words.pop()
    return " ".join(words)


def is_own_name(line: str, owner: str) -> bool:
    """A line of nothing but the owner's name, or a part of it."""
    words = {word.strip(".,-–—/~") for word in folded(line).split()} - {""}
    return bool(words) and words <= set(folded(owner).split()) - NEVER_A_NAME


def is_closing(line: str, *, after_farewell: bool, owner: str) -> bool:
    """Whether a line under a verdict only ends the mail: a farewell, or the owner's name.

    Without `owner` a bare name is told by its shape: capitalised, short, and no word that could
    take the verdict back.
    """
    if is_farewell(line) or set(tokens(line)) <= FILL | {",", ";"}:
        return True
    farewell, _, name = line.partition(",")
    if name and bare(farewell) in FAREWELLS:
        return is_closing(name.strip(), after_farewell=True, owner=owner)
    if after_farewell and len(line) >= MIN_LEGAL and any(t in folded(line) for t in LEGAL):
        return True
    words = line.lstrip("-–—/~ ").split()
    spelt = [word for word in words if word[0].isalpha()]
    if not (spelt or (words and after_farewell)) or len(spelt) > MAX_NAME_WORDS:
        return False
    if line.rstrip().endswith((":", "?", "!")):
        return False
    plain = {word.strip(".,;|·()\"'") for word in folded(line).split()}
    if plain & NEVER_A_NAME:
        return False
    if owner and not after_farewell:
        return plain <= {*folded(owner).split(), "-", "–", "—"} or (
            len(words) == 1 and len(words[0]) <= 2 and folded(words[0])[0] in folded(owner)
        )
    return all(not w[0].isalpha() or w[0].isupper() or "@" in w or "." in w[1:-1] for w in words)
