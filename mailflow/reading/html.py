"""HTML mail as lines of text, each with its depth of quotation and what the client said it is."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from mailflow.reading.html_marks import BLOCKS, HIDES, MARKUP, QUOTES, SKIPPED, SPACED, Hint

if TYPE_CHECKING:
    from lxml import etree

MAX_HTML = 2_000_000
MAX_LINES = 50_000
MAX_DEEP = 150_000
"""Characters up to which 2,048 nested elements are read and not 256: each end tag that fits no
beginning costs the parser a look at all that are open."""
HARD = "\x00"
"""Stands for a no-break space while soft ones are squeezed; it cannot occur in the text."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, how deep it is quoted, and a client's hint."""

    text: str
    depth: int = 0
    hint: Hint | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """What one element is to the reader."""

    hint: Hint | None = None
    is_quote: bool = False
    is_spaced: bool = False
    is_hidden: bool = False


HIDDEN = Role(is_hidden=True)


@dataclass(slots=True)
class Writer:
    """Collects text into lines."""

    lines: list[Line] = field(default_factory=list)
    buffer: list[str] = field(default_factory=list)
    depth: int = 0
    hints: list[Hint] = field(default_factory=list)
    verbatim: int = 0

    @property
    def hint(self) -> Hint | None:
        return self.hints[-1] if self.hints else None

    def add(self, text: str | None) -> None:
        if not text:
            return
        if self.verbatim:
            first, *rest = text.split("\n")
            self.buffer.append(first)
            for line in rest:
                self.end_line(always=True)
                self.buffer.append(line)
            return
        text = text.replace("\u00a0", HARD)
        words = text.split()
        if not words:
            self.buffer.append(" ")
            return
        flat = " ".join(words)
        self.buffer.append(
            (" " if text[0].isspace() else "") + flat + (" " if text[-1].isspace() else "")
        )

    def end_line(self, *, always: bool = False) -> None:
        text = "".join(self.buffer)
        self.buffer.clear()
        always = always or HARD in text
        if not self.verbatim:
            text = " ".join(text.split(" ")).strip() if "  " not in text else _squeezed(text)
        if (text or always) and len(self.lines) < MAX_LINES:
            flat = text.replace(HARD, " ").rstrip()
            flat = flat if self.verbatim else flat.lstrip()
            self.lines.append(Line(flat, self.depth, self.hint))

    def gap(self) -> None:
        if self.lines and self.lines[-1].text and len(self.lines) < MAX_LINES:
            self.lines.append(Line("", self.depth, self.hint))


def _squeezed(text: str) -> str:
    return " ".join(word for word in text.split(" ") if word)


@lru_cache(maxsize=4)
def lines_of(html: str) -> tuple[Line, ...]:
    """The text of a document or fragment, line by line; never raises.

    The last few are remembered: one mail is asked for its lines by several readers in a row.
    """
    root = _root(html[:MAX_HTML])
    if root is None:
        return ()
    writer = Writer()
    _walk(root, writer)
    writer.end_line()
    return tuple(writer.lines)


def _root(html: str) -> "etree._Element | None":
    from lxml import etree  # noqa: PLC0415 # four megabytes that wait for the first HTML mail

    data = html.replace("\x00", "").encode("utf-8", "replace")
    parser = etree.HTMLParser(
        encoding="utf-8",
        recover=True,
        remove_comments=True,
        remove_pis=True,
        no_network=True,
        huge_tree=len(html) <= MAX_DEEP,  # else all text from the 256th nested element on is lost
    )
    try:
        return etree.fromstring(data, parser) if data.strip() else None
    except (etree.LxmlError, ValueError):
        return None


def _walk(root: "etree._Element", writer: Writer) -> None:
    """Every element at its beginning and at its end, without recursion."""
    stack: list[tuple[etree._Element, Role, Iterator[etree._Element]]] = []
    element: etree._Element | None = root
    while element is not None or stack:
        if element is not None:
            role = _role(element)
            _open(element, role, writer)
            stack.append((element, role, iter(()) if role.is_hidden else iter(element)))
        current, role, children = stack[-1]
        element = next(children, None)
        if element is None:
            stack.pop()
            _close(current, role, writer)
        if len(writer.lines) >= MAX_LINES:
            return


def _role(element: "etree._Element") -> Role:
    """Tag, id, class and style taken together; most elements have nothing to say."""
    tag = str(element.tag)
    if tag in SKIPPED:
        return HIDDEN
    if not element.attrib:
        return Role(is_quote=tag == "blockquote", is_spaced=tag in SPACED)
    style = (element.get("style") or "")[:600].replace(" ", "").lower()
    if element.get("hidden") is not None or any(hides in style for hides in HIDES):
        return HIDDEN
    names = _names(element)
    is_quote = tag == "blockquote" or (tag in {"div", "table"} and not QUOTES.isdisjoint(names))
    is_spaced = tag in SPACED and not any(name.startswith("mso") for name in names)
    return Role(_hint_of(tag, names, style), is_quote, is_spaced)


def _names(element: "etree._Element") -> list[str]:
    """Lower-case ids and classes, without the prefixes Outlook and Yahoo add to foreign ones."""
    text = f"{element.get('id') or ''} {element.get('class') or ''}"[:500].lower()
    return [name.removeprefix("x_") for name in text.split()]


def _hint_of(tag: str, names: list[str], style: str) -> Hint | None:
    for name in names:
        hint = MARKUP.get(name) or MARKUP.get(name.rstrip("0123456789-_"))
        if hint is not None:
            return hint
    if tag == "div" and "border:none" in style and "border-top:solid#" in style:
        return Hint.REST  # Outlook's line above the header of the earlier mail
    return None


def _open(element: "etree._Element", role: Role, writer: Writer) -> None:
    tag = element.tag
    if tag in BLOCKS:
        writer.end_line()
    if role.is_spaced:
        writer.gap()
    writer.depth += role.is_quote
    if role.hint is not None:
        writer.end_line()
        writer.hints.append(role.hint)
        if role.hint is Hint.REST:
            writer.lines.append(Line("", writer.depth, role.hint))
    if tag == "br":
        writer.end_line(always=True)
    elif tag == "hr":
        writer.lines.append(Line("", writer.depth, role.hint or Hint.RULE))
    elif tag == "pre":
        writer.verbatim += 1
    elif tag == "img" and _is_emoji(element):
        writer.add(element.get("alt"))
    if not role.is_hidden:
        writer.add(element.text)


def _is_emoji(element: "etree._Element") -> bool:
    """A mail program's picture of an emoji; an icon in a signature has such an alt text, too."""
    alt = element.get("alt") or ""
    if not 0 < len(alt) <= 4 or alt.isalnum():
        return False
    marks = f"{element.get('class') or ''} {(element.get('src') or '')[:200]}".lower()
    return "emoji" in marks or element.get("data-emoji") is not None


def _close(element: "etree._Element", role: Role, writer: Writer) -> None:
    tag = element.tag
    if tag == "a":
        _add_address(element, writer)
    elif tag in {"td", "th"}:
        writer.buffer.append(" ")
    if tag in BLOCKS:
        writer.end_line()
    if role.hint is not None:
        writer.end_line()
        writer.hints.pop()
    if tag == "pre":
        writer.verbatim -= 1
    writer.depth -= role.is_quote
    if role.is_spaced:
        writer.gap()
    writer.add(element.tail)


def _add_address(element: "etree._Element", writer: Writer) -> None:
    """A name that is only a mailto link gets the address it hides."""
    href = element.get("href") or ""
    if href[:7].lower() == "mailto:" and len(href) < 300:
        shown = "".join(writer.buffer[-6:])
        address = href[7:].partition("?")[0]
        if "@" in address and "@" not in shown:
            writer.add(f" <{address}>")
