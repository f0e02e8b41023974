"""HTML mail as lines of text, each with its depth of quotation and what the client said it is."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from mailflow.reading.html_marks import BLOCKS, MARKUP, QUOTES, SKIPPED, SPACED, Hint

MAX_HTML = 2_000_000
MAX_LINES = 50_000
HARD = "\x00"
"""Stands for a no-break space while soft ones are squeezed; it cannot occur in the text."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, how deep it is quoted, and a client's hint."""

    text: str
    depth: int = 0
    hint: Hint | None = None


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


def lines_of(html: str) -> list[Line]:
    """The text of a document or fragment, line by line; never raises."""
    root = _root(html[:MAX_HTML])
    if root is None:
        return []
    writer = Writer()
    for element, is_start in _walk(root):
        if is_start:
            _open(element, writer)
        else:
            _close(element, writer)
    writer.end_line()
    return writer.lines


def _root(html: str) -> "etree._Element | None":
    data = html.replace("\x00", "").encode("utf-8", "replace")
    parser = etree.HTMLParser(
        encoding="utf-8", recover=True, remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        return etree.fromstring(data, parser) if data.strip() else None
    except (etree.LxmlError, ValueError):
        return None


def _walk(root: "etree._Element") -> "Iterator[tuple[etree._Element, bool]]":
    """Every element twice, at its beginning and at its end, without recursion."""
    stack: list[tuple[etree._Element, Iterator[etree._Element] | None]] = [(root, None)]
    while stack:
        element, children = stack.pop()
        if children is None:
            yield element, True
            children = iter(()) if _is_hidden(element) else iter(element)
        child = next(children, None)
        if child is None:
            yield element, False
        else:
            stack.append((element, children))
            stack.append((child, None))


def _is_hidden(element: "etree._Element") -> bool:
    if element.tag in SKIPPED:
        return True
    style = element.get("style") or ""
    return "display:none" in style[:500].replace(" ", "").lower()


def _names(element: "etree._Element") -> list[str]:
    """Lower-case ids and classes, without the prefixes Outlook adds to foreign ones."""
    text = f"{element.get('id') or ''} {element.get('class') or ''}"[:500].lower()
    return [name.removeprefix("x_") for name in text.split()]


def _is_quote(element: "etree._Element") -> bool:
    if element.tag == "blockquote":
        return True
    return element.tag in {"div", "table"} and any(n in QUOTES for n in _names(element))


def _hint_of(element: "etree._Element") -> Hint | None:
    for name in _names(element):
        hint = MARKUP.get(name.rstrip("0123456789-_"), MARKUP.get(name))
        if hint is not None:
            return hint
    style = element.get("style") or ""
    if element.tag == "div" and "border-top" in style[:400]:
        flat = style[:600].replace(" ", "").lower()
        if "border:none" in flat and "border-top:solid#" in flat:
            return Hint.REST
    return None


def _open(element: "etree._Element", writer: Writer) -> None:
    tag = element.tag
    if tag in BLOCKS:
        writer.end_line()
        if tag in SPACED and "mso" not in (element.get("class") or "").lower():
            writer.gap()
    if _is_quote(element):
        writer.depth += 1
    hint = _hint_of(element)
    if hint is not None:
        writer.end_line()
        writer.hints.append(hint)
        if hint is Hint.REST:
            writer.lines.append(Line("", writer.depth, hint))
    if tag == "br":
        writer.end_line(always=True)
    elif tag == "hr":
        writer.lines.append(Line("", writer.depth, hint or Hint.RULE))
    elif tag == "pre":
        writer.verbatim += 1
    elif tag == "img" and 0 < len(alt := element.get("alt") or "") <= 4 and not alt.isalnum():
        writer.add(alt)
    if not _is_hidden(element):
        writer.add(element.text)


def _close(element: "etree._Element", writer: Writer) -> None:
    tag = element.tag
    if tag == "a":
        _add_address(element, writer)
    elif tag in {"td", "th"}:
        writer.buffer.append(" ")
    if tag in BLOCKS:
        writer.end_line()
    if _hint_of(element) is not None and writer.hints:
        writer.end_line()
        writer.hints.pop()
    if tag == "pre":
        writer.verbatim -= 1
    if _is_quote(element):
        writer.depth -= 1
    if tag in SPACED and "mso" not in (element.get("class") or "").lower():
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
