"""Readers of what leads somewhere: addresses, hosts, paths, commands, the store's URL."""

import ipaddress
import re
import shlex
from pathlib import Path
from urllib.parse import urlsplit

from mailflow.config.places import expanded
from mailflow.config.readers import Around, Wrong, line, many, shown, text
from mailflow.errors import AddressError
from mailflow.model.address import Address


def address(value: object, around: Around) -> Address:
    try:
        return Address.parse(text(value, around))
    except AddressError:
        raise Wrong(f"is {shown(value)}, which is not a mail address") from None


def host(value: object, around: Around) -> str:
    name = line(value, around)
    if re.fullmatch(r"[\w.-]{1,253}", name) or _is_ip(name):
        return name
    raise Wrong(f"is {shown(name)}, which is not a host name; the port has a key of its own")


def is_this_machine(name: str) -> bool:
    """True for localhost and the loopback addresses."""
    return name == "localhost" or (_is_ip(name) and ipaddress.ip_address(name).is_loopback)


def _is_ip(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def path(value: object, around: Around) -> Path:
    """A path; `~` is the home folder, a relative one starts at the configuration file's folder."""
    return around.folder / expanded(Path(line(value, around)), around.env)


def words(value: object, around: Around) -> tuple[str, ...]:
    """A command: a list of words, or one text split as a shell would, without running a shell."""
    parts = _split(value) if isinstance(value, str) else many(line)(value, around)
    if not parts:
        raise Wrong("is empty")
    return tuple(parts)


def _split(command: str) -> list[str]:
    try:
        return shlex.split(command)
    except ValueError as error:
        raise Wrong(f"is {shown(command)}, which cannot be split into words: {error}") from None


def variable(value: object, around: Around) -> str:
    name = line(value, around)
    if not re.fullmatch("[A-Za-z_][A-Za-z0-9_]*", name):
        # the value is not shown: people put the password itself here
        raise Wrong("is not the name of an environment variable")
    return name


def store_url(value: object, around: Around) -> str:
    """A SQLAlchemy URL; SQLite's relative paths start at the configuration file's folder."""
    url = line(value, around)
    scheme, _, rest = url.partition("://")
    if scheme == "sqlite" and rest.startswith("/") and len(rest) > 1:
        return f"sqlite:///{path(rest[1:], around)}"
    if scheme in {"postgres", "postgresql", "postgresql+psycopg"} and rest:
        if _has_password(url):
            raise Wrong("has a password in it, which belongs in ~/.pgpass or $PGPASSFILE")
        return f"postgresql+psycopg://{rest}"
    raise Wrong("is not a URL of SQLite or PostgreSQL")


def _has_password(url: str) -> bool:
    try:
        return bool(urlsplit(url).password) or "password=" in urlsplit(url).query
    except ValueError:
        return False
