"""The servers of an account: what follows from what the owner wrote, and what contradicts it."""

from collections.abc import Iterator, Mapping
from typing import Any

from mailflow.config.reach import is_this_machine
from mailflow.config.values import Secret, Server, Wrap

USUAL_PORT = {
    ("imap", Wrap.TLS): 993,
    ("imap", Wrap.STARTTLS): 143,
    ("imap", Wrap.PLAIN): 143,
    ("smtp", Wrap.TLS): 465,
    ("smtp", Wrap.STARTTLS): 587,
    ("smtp", Wrap.PLAIN): 25,
}
PASSWORDS = ("password_command", "password_env", "password_file")

Values = Mapping[str, Any]
"""The settings of one server by the last part of their keys."""


def completed(end: str, own: Values, imap: Values) -> dict[str, Any]:
    """The settings of one end with what follows: the login from IMAP's, security and port from
    each other. A port with one meaning says its security; a plain line must be asked for in words.
    """
    found = dict(own)
    if end == "smtp":
        found.setdefault("user", imap.get("user", ""))
        if found["user"] and not any(name in found for name in PASSWORDS):
            # the first only: that IMAP has one too many is said where it is written
            found |= dict([(name, imap[name]) for name in PASSWORDS if name in imap][:1])
            if "login" in imap:
                found.setdefault("login", imap["login"])
    if "security" not in found:
        is_starttls = found.get("port") == USUAL_PORT[end, Wrap.STARTTLS]
        found["security"] = Wrap.STARTTLS if is_starttls else Wrap.TLS
    found.setdefault("port", USUAL_PORT[end, found["security"]])
    return found


def contradictions(key: str, end: str, found: Values) -> Iterator[str]:
    """What is wrong with a server whose settings are fine one by one; `key` is its section."""
    given = [name for name in PASSWORDS if name in found]
    if len(given) > 1:
        yield f"{key}.{given[1]}: is one too many beside {given[0]}; write only one of the two."
    if found["user"] and not given:
        yield (
            f"{key}.password_command: is missing, so nobody knows where the password is; write"
            f" password_command, password_env or password_file under [{key}]."
        )
    wrap, port = found["security"], found["port"]
    if wrap is Wrap.PLAIN and not is_this_machine(found["host"]):
        yield (
            f"{key}.security: “plain” sends the password in the clear and is only for this"
            f" machine; write security = “tls” or “starttls”."
        )
    other = {Wrap.TLS: Wrap.STARTTLS, Wrap.STARTTLS: Wrap.TLS}.get(wrap)
    if other and port == USUAL_PORT[end, other]:
        yield (
            f"{key}.port: is {port}, the port for “{other}”, but security is “{wrap}”; write"
            f" security = “{other}” or port = {USUAL_PORT[end, wrap]}."
        )


def server(found: Values) -> Server:
    """The value of a server whose settings are complete and good."""
    optional = {name: found[name] for name in ("timeout", "ca_file", "login") if name in found}
    return Server(
        host=found["host"],
        port=found["port"],
        wrap=found["security"],
        user=found["user"],
        secret=Secret(
            command=found.get("password_command", ()),
            env=found.get("password_env", ""),
            file=found.get("password_file"),
        ),
        **optional,
    )
