"""From the configuration file to frozen values, with every problem reported together."""

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

from mailflow.config.accounts import completed, contradictions, server
from mailflow.config.places import default_state_dir
from mailflow.config.readers import Around, Wrong
from mailflow.config.rules import broken
from mailflow.config.settings import SETTINGS, Setting
from mailflow.config.tree import Tree, at, is_reachable, known_keys, unknown
from mailflow.config.values import AccountConfig, Config, Pictures, Server
from mailflow.errors import ConfigError
from mailflow.model.contact import Tier
from mailflow.model.policy import TIER_DAYS, Identity, Policy

MEGABYTE = 1024 * 1024
DEFAULTS = {
    f"{noun}.{field.name}": field.default
    for noun, kind in (("policy", Policy), ("config", Config), ("pictures", Pictures))
    for field in fields(kind)
    if field.default is not MISSING
}


def load(path: Path, env: Mapping[str, str]) -> Config:
    """Read and check the file; relative paths in it start at its folder.

    `env` gives the home folder and the XDG directories; passwords are not looked up here.
    Raises ConfigError with all problems, each beginning with the dotted key it is about.
    """
    tree = parsed(path)
    return Loading(tree, Around(path.absolute().parent, env)).config(str(path))


def parsed(path: Path) -> Tree:
    """The file as TOML; raises ConfigError with the one reason it is not."""
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        problem = "there is no such file; `mailflow init` writes one."
    except OSError as error:
        problem = f"the file cannot be read: {error.strerror or error}."
    except UnicodeDecodeError as error:
        problem = f"the file is not UTF-8 text (byte {error.start + 1}); save it as UTF-8."
    except tomllib.TOMLDecodeError as error:
        problem = f"the file is not TOML: {error}."
    except RecursionError:
        problem = "the file is not TOML for people: it is nested too deeply."
    raise ConfigError([problem], str(path))


class Loading:
    """One pass over one file: what could be read, by dotted key, and the problems met."""

    def __init__(self, tree: Tree, around: Around) -> None:
        self.tree = tree
        self.around = around
        self.values: dict[str, Any] = {}
        self.problems: list[str] = []
        self.failed: set[str] = set()
        self.accounts = self._account_names()

    def config(self, source: str) -> Config:
        """1. name what is unknown  2. read what is known  3. hold it to the rules  4. build."""
        self.problems += unknown(self.tree, known_keys(self.accounts))
        for setting in SETTINGS:
            for name in self.accounts if "*" in setting.key else [""]:
                self._read(setting, setting.key.replace("*", name))
        self.problems += broken(self._with_defaults())
        servers = {
            (name, end): self._server(name, end)
            for name in self.accounts
            for end in ("imap", "smtp")
        }
        if self.problems:
            raise ConfigError(self.problems, source)
        return self._built(servers)

    def _account_names(self) -> list[str]:
        found = self.tree.get("accounts", {})
        if not isinstance(found, dict):
            return []  # reported as a section written as a value
        if not found:
            self.problems.append(
                "accounts: no mail account is set; write [accounts.main.imap] with host, user and"
                " where the password is, and [accounts.main.smtp] with host."
            )
        return [name for name in found if self._is_account_name(name)]

    def _is_account_name(self, name: str) -> bool:
        is_good = name.isascii() and name.replace("-", "_").isidentifier()
        if not is_good:
            self.problems.append(
                f"accounts.{name}: is not a name for an account; write letters, digits and dashes."
            )
        return is_good

    def _read(self, setting: Setting, key: str) -> None:
        value = at(self.tree, key)
        remedy = f"write {setting.leaf} = {setting.example}"
        if value is None:
            if setting.is_required and is_reachable(self.tree, key):
                section = key.rpartition(".")[0]
                self._fail(key, f"is missing; {remedy} under [{section}]")
        elif not isinstance(value, dict):
            try:
                self.values[key] = setting.read(value, self.around)
            except Wrong as wrong:
                self._fail(key, f"{wrong}; {remedy}")

    def _fail(self, key: str, problem: str) -> None:
        self.failed.add(key)
        self.problems.append(f"{key}: {problem}.")

    def _with_defaults(self) -> dict[str, Any]:
        """The values with the defaults beside them, except where the owner's own was wrong."""
        unset = {
            setting.key: DEFAULTS[setting.into]
            for setting in SETTINGS
            if setting.into in DEFAULTS and at(self.tree, setting.key) is None
        }
        return unset | self.values

    def _server(self, account: str, end: str) -> Server | None:
        section = f"accounts.{account}"
        key = f"{section}.{end}"
        if any(failed.startswith((f"{key}.", f"{section}.imap.")) for failed in self.failed):
            return None
        found = completed(end, self._under(key), self._under(f"{section}.imap"))
        if "host" not in found:
            return None  # the section itself was something else, and is reported as that
        problems = list(contradictions(key, end, found))
        self.problems += problems
        return server(found) if not problems else None

    def _under(self, section: str) -> dict[str, Any]:
        return {
            key.rpartition(".")[2]: value
            for key, value in self.values.items()
            if key.rpartition(".")[0] == section
        }

    def _fields(self, noun: str, account: str = "") -> dict[str, Any]:
        """What was set of one noun, by field."""
        keys = (
            (setting.into.partition("."), setting.key.replace("*", account)) for setting in SETTINGS
        )
        return {
            into[2]: self.values[key]
            for into, key in keys
            if into[0] == noun and key in self.values
        }

    def _built(self, servers: Mapping[tuple[str, str], Server | None]) -> Config:
        tiers = {Tier(name): days for name, days in self._fields("tier").items()}
        sizes = {name: mb * MEGABYTE for name, mb in self._fields("megabytes").items()}
        rest = self._fields("config") | sizes
        state_dir = rest.setdefault("state_dir", default_state_dir(self.around.env))
        rest.setdefault("store_url", f"sqlite:///{state_dir / 'mailflow.db'}")
        accounts = []
        for name in self.accounts:
            imap, smtp = servers[name, "imap"], servers[name, "smtp"]
            if imap and smtp:
                account = self._fields("account", name)
                accounts.append(AccountConfig(name=name, imap=imap, smtp=smtp, **account))
        return Config(
            identity=Identity(**self._fields("identity")),
            accounts=tuple(accounts),
            policy=Policy(**self._fields("policy"), tier_days=TIER_DAYS | tiers),
            pictures=Pictures(**self._fields("pictures")),
            **rest,
        )
