"""The first own sentences of a reply, folded and without greeting, farewell and signature."""

from collections.abc import Iterator
from dataclasses import dataclass

from mailflow.model.closing import FAREWELLS, bare, is_farewell, own_lines
from mailflow.model.text import folded

MAX_SENTENCES = 12
MAX_CHARS = 3000
GREETINGS = frozenset(
    ["hi", "hello", "hey", "dear", "hallo", "liebe", "lieber", "bonjour", "salut", "cher", "chere",
     "hola", "buenos", "buenas", "ciao", "buongiorno", "gentile", "caro", "cara", "beste", "hoi",
     "ola", "bom", "boa", "guten", "moin", "good", "servus", "gruezi", "hiya", "greetings", "dag",
     "querido", "querida", "estimado", "estimada", "prezado", "prezada", "goedemorgen", "oi"]
)  # fmt: skip
TIMES_OF_DAY = frozenset(
    ["morning", "afternoon", "evening", "day", "morgen", "tag", "abend", "dia", "dias", "tarde",
     "tardes", "noche", "noches", "noite", "middag", "avond"]
)  # fmt: skip
GREETS_WITH_TIME = frozenset(["good", "guten", "bom", "boa", "buenos", "buenas"])
MAX_GREETING = 5
SHORT_LINE = 50
CONTRACTIONS = {
    "i'd": "i would", "i'm": "i am", "i'll": "i will", "i've": "i have", "that's": "that is",
    "it's": "it is", "don't": "do not", "dont": "do not", "doesn't": "does not", "can't": "cannot",
    "cant": "cannot", "won't": "will not", "wouldn't": "would not", "isn't": "is not",
    "let's": "let us", "lets": "let us", "that'd": "that would", "it'd": "it would",
    "didn't": "did not", "you're": "you are", "aren't": "are not", "couldn't": "could not",
    "shouldn't": "should not", "we'd": "we would", "we're": "we are", "he's": "he is",
    "she's": "she is", "wasn't": "was not", "haven't": "have not", "who's": "who is",
    "what's": "what is",
}  # fmt: skip
EMOJI = {"👍": " yes ", "👌": " yes ", "✅": " yes ", "💯": " yes ", "👎": " no ", "❌": " no ",
         "🙂": " ", "😊": " ", "😀": " ", "😃": " ", "😄": " ", "🙏": " ", "🎉": " ", "❤": " ",
         "🚀": " ", "🤝": " ", "🙌": " ", "✨": " ", "💪": " ", "\ufe0f": "", "\u200d": "",
         ":-)": " ", ":)": " ", "^^": " ", ":D": " ", ":(": " sadly ",
         ":-(": " sadly "}  # fmt: skip
HTML_STARTS = (
    "<p",
    "<div",
    "<html",
    "<br",
    "<span",
    "<!doctype",
    "<body",
    "<table",
    "<meta",
)
TONES = dict.fromkeys(range(0x1F3FB, 0x1F400))


@dataclass(frozen=True, slots=True)
class Sentence:
    """Folded words in one spelling, the text as written, and how it ended (`.`, `!`, `?`, `…`)."""

    words: str
    written: str
    end: str = ""


@dataclass(frozen=True, slots=True)
class Parted:
    """What a mail says, and what its writer still put below the farewell.

    `is_cut` when there was more of either than is looked at.
    """

    said: list[Sentence]
    below: list[Sentence]
    is_cut: bool = False


def of(text: str) -> list[Sentence]:
    """The first 12 sentences in the writer's own lines, up to a farewell; tags of HTML dropped."""
    return parted(text).said


def parted(text: str) -> Parted:
    """The first 12 sentences up to a farewell, and those below it."""
    lines = [line.strip() for line in own_lines(_without_tags(text[: MAX_CHARS * 4]))]
    at = next((at for at, line in enumerate(lines) if _ends_mail(line)), len(lines))
    said = _sentences(lines[:at])
    # "Best, Raj" may as well be "Best, not now"
    below = _sentences([line.partition(",")[2] for line in lines[at : at + 1]] + lines[at + 1 :])
    is_long = len(text) > MAX_CHARS * 4 or sum(map(len, lines[:at])) > MAX_CHARS
    is_cut = is_long or max(len(said), len(below)) > MAX_SENTENCES
    return Parted(said[:MAX_SENTENCES], below[:MAX_SENTENCES], is_cut)


def _sentences(lines: list[str]) -> list[Sentence]:
    """The sentences of these lines, one more than are wanted when there are more."""
    found: list[Sentence] = []
    for line in _paragraphs(lines):
        for piece, end in _cut(line):
            words = spelt(piece)
            if words or end == "?":
                found.append(Sentence(words, piece.strip(), end))
            if len(found) > MAX_SENTENCES:
                return found
    return found


def _paragraphs(lines: list[str]) -> Iterator[str]:
    """Lines joined to paragraphs; the greeting is cut off."""
    paragraph: list[str] = []
    is_first = True
    for line in lines:
        plain = line
        if is_first and plain:
            plain = _without_greeting(plain)
            is_first = False
        if plain and not _is_new(paragraph):
            paragraph.append(plain)
            continue
        if paragraph:
            yield " ".join(paragraph)
        paragraph = [plain] if plain else []
    if paragraph:
        yield " ".join(paragraph)


def _ends_mail(line: str) -> bool:
    """A farewell, also with the name behind it; a lone thanks ends nothing but itself."""
    head, _, tail = line.partition(",")
    courtesy = bare(head).startswith(("thank", "thx", "ty", "danke", "merci", "gracias", "grazie",
                                      "vielen", "bedankt", "obrigad", "dank"))  # fmt: skip
    if courtesy:
        return False
    return is_farewell(line) or (bare(head) in FAREWELLS and len(tail.split()) <= 3)


def _is_new(paragraph: list[str]) -> bool:
    """A line below a short one, or below one that ended its sentence, begins another."""
    return bool(paragraph) and (len(paragraph[-1]) < SHORT_LINE or paragraph[-1][-1:] in ".!?")


def _without_greeting(line: str) -> str:
    """`Hi Ada, yes` gives `yes`: a greeting with at most a few words up to its comma."""
    words = line.split()
    if not words or bare(words[0]) not in GREETINGS:
        return line
    if bare(words[0]) in GREETS_WITH_TIME and bare(" ".join(words[1:2])) not in TIMES_OF_DAY:
        return line
    for at, word in enumerate(words[:MAX_GREETING]):
        if word.endswith((",", "!", "-", "–", ":", ".")):
            return " ".join(words[at + 1 :])
    return "" if len(words) <= 3 else line


def _cut(line: str) -> Iterator[tuple[str, str]]:
    """Parted at sentence ends that white space or the end of the line follows."""
    plain = line.translate(TONES)
    for emoji, word in EMOJI.items():
        plain = plain.replace(emoji, word)
    start = 0
    for at, character in enumerate(plain):
        if character in ".!?…;" and plain[at + 1 : at + 2] in {"", " ", ".", "!", "?", "…"}:
            piece = plain[start:at]
            end = "…" if plain[at : at + 2] == ".." else character
            start = at + 1
            if piece.strip(" .!?…") or "?" in character:
                yield piece.strip(" .!?…"), "?" if "?" in plain[at : at + 3] else end
    if plain[start:].strip(" .!?…"):
        yield plain[start:].strip(), ""


def spelt(piece: str) -> str:
    """Folded, contractions written out, punctuation inside gone, single spaces."""
    found: list[str] = []
    for word in folded(piece).replace(",", " ").replace("—", " ").replace("–", " ").split():
        plain = word.strip(".,;:!?\"“”„()[]*_~-<>…'")
        if plain:
            found.append(CONTRACTIONS.get(plain, plain))
    return " ".join(found)


def _without_tags(text: str) -> str:
    """HTML as lines of text, when it is HTML; one pass."""
    if not text.lstrip()[:9].lower().startswith(HTML_STARTS):
        return text
    quoted = text.lower().find("<blockquote")
    text = text[:quoted] if quoted >= 0 else text
    out: list[str] = []
    inside = False
    tag: list[str] = []
    for character in text:
        if character == "<":
            inside, tag = True, []
        elif character == ">" and inside:
            inside = False
            name = "".join(tag).strip("/ ").lower().split(" ")[0][:12]
            out.append("\n" if name in {"br", "p", "div", "tr", "li", "html", "body"} else " ")
        elif inside:
            tag.append(character)
        else:
            out.append(character)
    return "".join(out).replace("&nbsp;", " ").replace("&#39;", "'").replace("&amp;", "&")
