"""The text of a mail taken apart: what its author wrote now, what is quoted, what is signed."""

from mailflow.model.mail import Body, InboundMessage
from mailflow.reading import body_html
from mailflow.reading.body_html import split_html
from mailflow.reading.body_text import split_text

__all__ = ["plain", "split", "split_html", "split_text"]


def split(message: InboundMessage) -> Body:
    """The body of a message taken apart, from its HTML where that has text, else from its text."""
    if message.html:
        found = split_html(message.html)
        if found.new_text or not message.text.strip():
            return found
    return split_text(message.text)


def plain(message: InboundMessage) -> str:
    """The whole body as readable text: the plain part, else the HTML as text."""
    if message.text.strip():
        return message.text
    return body_html.plain(message.html)
