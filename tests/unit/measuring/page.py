"""A letter's HTML as a reader meets it: its tree, and the colours each text is seen in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "br", "img", "link", "hr", "input"})
RULE = re.compile(r"\.(\w+) \{([^}]*)\}")


@dataclass
class Node:
    """One element; `text` is what stands directly in it."""

    tag: str
    attributes: dict[str, str]
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)
    text: str = ""

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def styles(self) -> dict[str, str]:
        pairs = (part.split(":", 1) for part in self.attributes.get("style", "").split(";") if part)
        return {key.strip(): value.strip() for key, value in pairs}


class Tree(HTMLParser):
    """Reads a page; `problems` names what was not closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.at = Node("", {})
        self.problems: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {key: value or "" for key, value in attrs}, self.at)
        self.at.children.append(node)
        if tag not in VOID:
            self.at = node

    def handle_endtag(self, tag: str) -> None:
        if self.at.tag != tag:
            self.problems.append(f"</{tag}> closes <{self.at.tag}>")
        self.at = self.at.parent or self.root

    def handle_data(self, data: str) -> None:
        self.at.text += data


def dark_rules(root: Node) -> dict[str, dict[str, str]]:
    """What the style block changes for dark, by class."""
    css = next(node.text for node in root.walk() if node.tag == "style")
    found = {}
    for name, body in RULE.findall(css):
        pairs = (part.split(":", 1) for part in body.split(";") if part.strip())
        found[name] = {k.strip(): v.replace("!important", "").strip() for k, v in pairs}
    return found


def seen(node: Node, what: str, dark: dict[str, dict[str, str]]) -> str:
    """The colour (`color` or `background`) a node is seen in; `dark` empty for light."""
    at: Node | None = node
    while at is not None:
        for name in at.attributes.get("class", "").split():
            if what in dark.get(name, {}):
                return dark[name][what]
        if what in at.styles:
            return at.styles[what]
        at = at.parent
    raise AssertionError(f"<{node.tag}> “{node.text}” has no {what} of its own or above it")


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours like #22211f (WCAG 2.2, 1 to 21)."""
    high, low = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    assert re.fullmatch(r"#[0-9a-f]{6}", colour), colour
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
