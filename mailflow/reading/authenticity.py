"""Whether the From of a mail may be believed, by the owner's own server's word (RFC 8601)."""

import re
from dataclasses import dataclass, field

from mailflow.model.address import NamedAddress
from mailflow.model.mail import InboundMessage
from mailflow.reading.names import address_list

MAX_RESULTS = 100
MAX_VALUE = 20_000
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
DOMAIN = re.compile(r"@([^\s<>()\[\],;:\"@]+)")


@dataclass(frozen=True, slots=True)
class Result:
    """One method's result, with its properties (`header.d`, `header.from`, …) in lower case."""

    method: str
    result: str
    properties: dict[str, str] = field(default_factory=dict)


def verdict(message: InboundMessage, authserv_id: str | None) -> bool | None:
    """True when the named server vouches for the From, False when not, None when none is named.

    A mail of several authors is nobody's, with or without a server: From may say so (RFC 5322
    §3.6.2), mail programs do not, and which of them a server looked at is not known.
    Only the topmost Authentication-Results with that authserv-id is read: the server removes others
    that bear its name (RFC 8601 §5), and everybody else may write what they like. DMARC pass
    decides; else a DKIM pass whose `header.d` or `header.i` is the From's domain or its parent.
    """
    authors = {named.address.key for named in _froms(message)}
    if message.sender is None or authors != {message.sender.address.key}:
        return False
    if authserv_id is None:
        return None
    domain = message.sender.address.domain.lower()
    for value in message.header_all("authentication-results"):
        server, results = read(value)
        if server == authserv_id.strip().lower():
            is_plain = _domains(message.header_all("from")[0]) == {domain}
            return any(_vouches(result, domain, is_plain=is_plain) for result in results)
    return False


def is_sole_author(message: InboundMessage) -> bool:
    """Whether nobody else has a hand in the mail: one From, and no Sender but that.

    A Sender says who wrote in the name of the From, as an assistant does (RFC 5322 §3.6.2).
    """
    senders = [named for value in message.header_all("sender") for named in address_list(value)]
    named = {each.address.key for each in (*_froms(message), *senders)}
    return message.sender is not None and named == {message.sender.address.key}


def _froms(message: InboundMessage) -> list[NamedAddress]:
    values = message.header_all("from")
    return list(address_list(values[0])) if len(values) == 1 else []


def _domains(value: str) -> set[str]:
    """Of every address of a From, those of an unquoted name among them."""
    return {found.lower() for found in DOMAIN.findall(QUOTED.sub(" ", _without_comments(value)))}


def _vouches(result: Result, domain: str, *, is_plain: bool) -> bool:
    """`is_plain`: no address of another domain is in the From, which the server might have read."""
    if result.result != "pass":
        return False
    if result.method == "dmarc":
        stated = result.properties.get("header.from")
        return is_plain if stated is None else stated.rpartition("@")[2] == domain
    if result.method == "dkim":
        signed = result.properties.get("header.d") or result.properties.get("header.i", "")
        return _is_aligned(signed.rpartition("@")[2].strip("."), domain)
    return False


def _is_aligned(signed: str, domain: str) -> bool:
    """The same domain, or a parent of it that is no mere top level (relaxed, RFC 7489 §3.1.1)."""
    return signed == domain or ("." in signed and domain.endswith("." + signed))


def read(value: str) -> tuple[str, list[Result]]:
    """The authserv-id, lower case, and the results of an Authentication-Results value."""
    pieces = _clauses(_without_comments(value[:MAX_VALUE]))
    server = pieces[0].split()[0].strip('"').lower() if pieces and pieces[0].split() else ""
    results = []
    for clause in pieces[1 : MAX_RESULTS + 1]:
        words = clause.replace(" =", "=").replace("= ", "=").split()
        if not words or "=" not in words[0]:
            continue
        method, _, outcome = words[0].partition("=")
        properties: dict[str, str] = {}
        for word in words[1:]:
            name, equals, text = word.partition("=")
            if equals:
                properties.setdefault(name.lower(), text.strip('"<>').lower())
        results.append(Result(method.partition("/")[0].lower(), outcome.lower(), properties))
    return server, results


def _without_comments(value: str) -> str:
    """Comments may hold anything, even what looks like a result; they nest (RFC 5322 §3.2.2)."""
    out: list[str] = []
    depth = 0
    quoted = escaped = False
    for char in value:
        if escaped:
            escaped = False
            if not depth:
                out.append(char)
            continue
        if char == "\\" and (quoted or depth):
            escaped = True
        elif char == '"' and not depth:
            quoted = not quoted
            out.append(char)
        elif char == "(" and not quoted:
            depth += 1
            out.append(" ")
        elif char == ")" and depth and not quoted:
            depth -= 1
        elif not depth:
            out.append(char)
    return "".join(out)


def _clauses(value: str) -> list[str]:
    """At the semicolons outside quotes."""
    out: list[str] = []
    current: list[str] = []
    quoted = False
    for char in value:
        if char == '"':
            quoted = not quoted
        if char == ";" and not quoted:
            out.append("".join(current))
            current = []
        else:
            # inside quotes a space must not part a value from its words
            current.append("_" if quoted and char.isspace() else char)
    return [*out, "".join(current)]
