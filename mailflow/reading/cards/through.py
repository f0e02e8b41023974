"""By whom a person came: `through Raj Rao`, `introduced by Raj`, `Raj introduced us`."""

from dataclasses import dataclass

from mailflow.model.text import folded
from mailflow.reading.names import bare

LEADS = (("through",), ("via",), ("introduced", "by"), ("thanks", "to"), ("referred", "by"))
"""What stands before the name, in words; a Via Appia is none."""

ENDS = frozenset(
    ["at", "on", "in", "from", "of", "and", "who", "when", "where", "while", "for", "with", "-",
     "yesterday", "today", "last", "this", "ago", "cto", "ceo", "a", "the", "–", "—", "|", "•", "/"]
)  # fmt: skip
"""Words that no name goes on with."""

PARTICLES = frozenset(
    ["van", "von", "de", "der", "den", "del", "della", "di", "da", "la", "le", "al", "bin", "ter",
     "dos", "du"]
)  # fmt: skip

AFTER = ("introduced us", "introduced me", "introduced her", "introduced him", "introduced them",
         "made the introduction", "made the intro")  # fmt: skip
"""What stands behind the name in a note."""

MAX_NAME = 4
"""Words of a name."""
MAX_INITIAL = 5
"""Characters of a word whose full stop ends no name: "J.", "Dr.", "Prof."."""

NOBODY = frozenset(
    ["her", "him", "them", "my", "our", "his", "their", "an", "some", "it", "email", "mail",
     "e-mail", "phone", "web", "work", "friends", "chat", "video", "school", "university"]
)  # fmt: skip
"""First words that say no name."""
TRAILING = " ,.;:)!?"


@dataclass(frozen=True, slots=True)
class Through:
    """Who introduced somebody: a name, an address, or both; empty when nobody is named."""

    name: str = ""
    address: str = ""

    @property
    def who(self) -> str:
        """As they are remembered: by name, else by address."""
        return self.name or self.address


def cut(head: str) -> tuple[str, Through]:
    """The line without `through NAME <ADDRESS>`, and who that is.

    The only address of a line is that of the person met, unless it stands in place of the name.
    """
    words = head.split()
    for at in range(len(words)):
        length = _lead(words, at)
        if length and at + length < len(words):
            return _cut_at(words, at, at + length)
    return head, Through()


def noted(piece: str) -> Through:
    """Who a note says it came through: `through Raj`, `Raj introduced us`; a whole piece only."""
    words = piece.split()
    if length := _lead(words, 0):
        end = _end(words, length)
        is_somebody = (
            folded(words[length]).strip(TRAILING) not in NOBODY if words[length:] else False
        )
        if end == len(words) and is_somebody:
            return Through(" ".join(words[length:end]).strip(TRAILING))
        return Through()
    lowered = folded(piece).strip(TRAILING)
    after = next((after for after in AFTER if lowered.endswith(f" {after}")), None)
    name = piece.strip(TRAILING)[: -len(after)].strip() if after else ""
    is_name = name[:1].isupper() and _end(name.split(), 0) == len(name.split())
    return Through(name) if is_name else Through()


def _lead(words: list[str], at: int) -> int:
    """How many words open the phrase here; 0 for none."""
    first = words[at].lstrip("(") if at < len(words) else ""
    first = first if first.startswith("V") else first.lower()
    found = (lead for lead in LEADS if (first, *words[at + 1 : at + len(lead)]) == lead)
    return len(next(found, ()))


def _cut_at(words: list[str], start: int, name_at: int) -> tuple[str, Through]:
    end = _end(words, name_at)
    name = " ".join(words[name_at:end]).strip(TRAILING)
    tail = words[end - 1][len(words[end - 1].rstrip(TRAILING)) :] if end > name_at else ""
    addresses = [at for at, word in enumerate(words) if bare(word) is not None]
    address = ""
    if not tail and end in addresses and (len(addresses) > 1 or not name):
        address = str(bare(words[end]))
        tail = "," if words[end].endswith(",") else ""
        end += 1
    if (not name and not address) or folded(name.split()[0] if name else "") in NOBODY:
        return " ".join(words), Through()
    joint = [","] if end < len(words) or "," in tail else []
    return " ".join([*words[:start], *joint, *words[end:]]).strip(), Through(name, address)


def _end(words: list[str], start: int) -> int:
    """Where the name that begins at `start` is over."""
    for at in range(start, min(len(words), start + MAX_NAME)):
        word = words[at]
        is_over = word[0] in "@#<(|," or "@" in word or folded(word).strip(TRAILING) in ENDS
        if is_over or (at > start and words[start][0].isupper() and _is_plain(word)):
            return at
        is_initial = word.endswith(".") and len(word) <= MAX_INITIAL
        if word.endswith((",", ";", ")", ":", ".")) and not is_initial:
            return at + 1
    return min(len(words), start + MAX_NAME)


def _is_plain(word: str) -> bool:
    """A small word behind a capital one: the name is over, unless it is one of a name's own."""
    return word[0].islower() and word not in PARTICLES
