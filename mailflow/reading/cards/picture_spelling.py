"""How far two spellings are one word misread: letters an engine confuses, and how near they are."""

from functools import lru_cache

from mailflow.model.text import folded

MAX_LENGTH = 64
MAX_WORDS = 5
ALIKE = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("ii", "u"))
"""Pairs of letters that are read as one."""
TWINS = str.maketrans(
    {"i": "l", "1": "l", "|": "l", "!": "l", "j": "l", "t": "l", "0": "o", "q": "g", "9": "g",
     "5": "s", "8": "b", "6": "b", "2": "z", "7": "z", "u": "v", "f": "l", "e": "c"}
)  # fmt: skip
"""Letters and digits that look alike in print."""
UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae", "œ": "oe"}
)


@lru_cache(maxsize=4096)
def skeleton(text: str) -> str:
    """What is left of a word when letters that look alike are one: "Iyer" and "lyer" share it."""
    plain = folded(text[:MAX_LENGTH])
    for pair, single in ALIKE:
        plain = plain.replace(pair, single)
    return plain.translate(TWINS)


def distance(a: str, b: str, most: int = 3) -> int:
    """How many letters must be put in, taken out or changed (Levenshtein); at most `most` + 1."""
    a, b = a[:MAX_LENGTH], b[:MAX_LENGTH]
    if abs(len(a) - len(b)) > most:
        return most + 1
    row = list(range(len(b) + 1))
    for at, letter in enumerate(a, start=1):
        before, row[0] = row[0], at
        for to, other in enumerate(b, start=1):
            before, row[to] = row[to], min(row[to] + 1, row[to - 1] + 1, before + (letter != other))
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def letters(word: str) -> str:
    """The letters of a word, folded: "O'Brien" gives "obrien"."""
    return "".join(c for c in folded(word) if c.isalpha())


def spellings(word: str) -> tuple[str, ...]:
    """The word as addresses may spell it: "Köhler" as "kohler" and "koehler"."""
    german = "".join(c for c in folded(word.lower().translate(UMLAUTS)) if c.isalpha())
    return tuple(dict.fromkeys(s for s in (letters(word), german) if s))


def explains(words: tuple[str, ...], token: str) -> int:
    """How many letters of the rarest kind a name lends to a piece of an address: the length of the
    longest run of one word in it when initials and beginnings of the words make up all of `token`,
    else 0. "jroe" of ("jane", "roe") gives 3, "jane" gives 4, "bigjane" gives 0."""
    return _explained(words[:MAX_WORDS], token[:24])


@lru_cache(maxsize=4096)
def _explained(words: tuple[str, ...], token: str) -> int:
    best: dict[tuple[int, int], int] = {(0, 0): 0}
    result = 0
    while best:
        (at, used), longest = best.popitem()
        if at == len(token):
            result = max(result, longest)
            continue
        for index, word in enumerate(words):
            if used & (1 << index):
                continue
            for length in _lengths(word, token, at):
                key = at + length, used | (1 << index)
                best[key] = max(best.get(key, 0), longest, length)
    return result


def _lengths(word: str, token: str, at: int) -> tuple[int, ...]:
    """How much of the word stands there: its initial, and as much as there is of its beginning."""
    length = 0
    while length < len(word) and at + length < len(token) and word[length] == token[at + length]:
        length += 1
    return (length, 1) if length > 1 else (length,) * length
