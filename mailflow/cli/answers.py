"""What `mailflow init` needs to know, and the configuration file written from it."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mailflow.config import load
from mailflow.config.values import Login, Wrap
from mailflow.errors import ConfigError
from mailflow.model.address import Address


@dataclass(frozen=True, slots=True)
class Place:
    """One server as the owner names it."""

    host: str
    port: int
    wrap: Wrap


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything the owner was asked. `secret` is the key and value that say where the password is.

    `state_dir` None leaves the default.
    """

    name: str
    address: Address
    service: Address
    zone: str
    imap: Place
    smtp: Place
    user: str
    secret: tuple[str, str]
    state_dir: Path | None = None
    ca_file: Path | None = None
    region: str = ""
    login: Login = Login.PASSWORD


def written(answers: Answers) -> str:
    """The configuration as TOML, with what can be changed later said beside it."""
    parts = [
        "# mailflow's settings; every other one is explained in config.example.toml.",
        "",
        "[owner]",
        _line("name", answers.name),
        f"addresses = [{_quoted(str(answers.address))}]",
        _line("zone", answers.zone),
        *([_line("region", answers.region)] if answers.region else []),
        "",
        "[service]",
        "# Forward cards to this address, and write instructions to it.",
        _line("address", str(answers.service)),
        "",
        *_server("imap", answers.imap, answers),
        _line("user", answers.user),
        _line(*answers.secret),
        *([_line("login", answers.login)] if answers.login is not Login.PASSWORD else []),
        "",
        *_server("smtp", answers.smtp, answers),
    ]
    if answers.state_dir is not None:
        parts += ["", "[store]", _line("state_dir", str(answers.state_dir))]
    return "\n".join(parts) + "\n"


def _server(end: str, place: Place, answers: Answers) -> list[str]:
    lines = [
        f"[accounts.main.{end}]",
        _line("host", place.host),
        f"port = {place.port}",
        _line("security", str(place.wrap)),
    ]
    return lines + ([_line("ca_file", str(answers.ca_file))] if answers.ca_file else [])


def _line(key: str, value: str) -> str:
    return f"{key} = {_quoted(value)}"


def _quoted(value: str) -> str:
    """A TOML basic string: JSON's escapes are a part of TOML's, but for DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def system_zone(env_zone: str, etc: Path = Path("/etc")) -> str:
    """The machine's time zone by name, empty when nobody says it."""
    if env_zone and not env_zone.startswith((":", "/")):
        return env_zone
    try:
        linked = str((etc / "localtime").resolve(strict=True))
    except OSError:
        linked = ""
    _, mark, name = linked.partition("zoneinfo/")
    if mark:
        return name
    try:
        return (etc / "timezone").read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def put_in_place(path: Path, text: str, env: Mapping[str, str]) -> None:
    """The configuration, once it is read back as every command will; raises ConfigError."""
    trial = path.with_name(f".{path.name}.trial")
    write_private(trial, text)
    try:
        load(trial, env)
    except ConfigError as error:
        raise ConfigError(error.problems, "what you answered") from None
    finally:
        trial.unlink(missing_ok=True)
    write_private(path, text)


def write_private(path: Path, text: str) -> None:
    """Write a file that only the owner can read; the old one stays whole until the new one is."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
