"""What mail clients' own markup says: elements, ids and classes, as tables."""

from enum import Enum, auto

from mailflow.reading.tables import words

BLOCKS = frozenset(
    words(
        """address article aside blockquote body center dd div dl dt fieldset figure footer form
        h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody thead tfoot tr ul"""
    )
)
SPACED = frozenset(words("p h1 h2 h3 h4 h5 h6 ul ol blockquote pre"))
SKIPPED = frozenset(
    words("head script style title noscript template object svg math select option s strike del")
)
"""Elements whose text nobody sees, or that was struck out."""
HIDES = ("display:none", "visibility:hidden", "font-size:0;", "font-size:0px", "font-size:0pt")
"""What a style of elements that nobody sees holds, without spaces."""


class Hint(Enum):
    """What a client's markup says about a line."""

    INTRO = auto()  # part of what introduces a quotation
    REST = auto()  # from here on everything is the earlier mail
    SIGNATURE = auto()
    RULE = auto()  # a horizontal rule


MARKUP: dict[str, Hint] = {
    # attribute value, lower case -> what the element with it holds
    "gmail_attr": Hint.INTRO,
    "moz-cite-prefix": Hint.INTRO,
    "reply-intro": Hint.INTRO,
    "yahoo_quoted_header": Hint.INTRO,
    "protonmail_quote_header": Hint.INTRO,
    "divrplyfwdmsg": Hint.REST,
    "x_divrplyfwdmsg": Hint.REST,
    "appendonsend": Hint.REST,
    "ms-outlook-mobile-reference-message": Hint.REST,
    "mail-editor-reference-message-container": Hint.REST,
    "olk_src_body_section": Hint.REST,
    "stopspelling": Hint.REST,
    "zwchr": Hint.REST,
    "moz-forward-container": Hint.REST,
    "isforwardcontent": Hint.REST,
    "outlookmessageheader": Hint.REST,
    "replyforwardmsg": Hint.REST,
    "wm_wmquotedmessage": Hint.REST,
    "gmail_signature": Hint.SIGNATURE,
    "gmail_signature_prefix": Hint.SIGNATURE,
    "moz-signature": Hint.SIGNATURE,
    "signature": Hint.SIGNATURE,
    "x_signature": Hint.SIGNATURE,
    "ms-outlook-mobile-signature": Hint.SIGNATURE,
    "applemailsignature": Hint.SIGNATURE,
    "protonmail_signature_block": Hint.SIGNATURE,
    "zmail_signature": Hint.SIGNATURE,
    "bloop_sign": Hint.SIGNATURE,
    "sig": Hint.SIGNATURE,
}

QUOTES = frozenset({"yahoo_quoted", "protonmail_quote", "zmail_extra", "wmquote", "quoteheader"})
"""Containers that are quotations although they are no blockquote."""
