"""The questions of `mailflow init`, with what is proposed for each."""

import getpass
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import typer

from mailflow.cli.answers import (
    Answers,
    Place,
    put_in_place,
    system_zone,
    write_private,
    written,
)
from mailflow.cli.providers import WITHOUT_IMAP, Provider, plausible, provider_of
from mailflow.config import Wrap
from mailflow.config.accounts import USUAL_PORT
from mailflow.config.places import default_state_dir, expanded
from mailflow.errors import AddressError, ConfigError, MailflowError
from mailflow.model.address import Address

KEPT_WHERE = """Where is the password kept?
  1  a command prints it (pass show mail, secret-tool lookup …)
  2  in an environment variable
  3  in a file
  4  nowhere yet: I type it now, keep it in a file that only I can read"""


@dataclass(frozen=True, slots=True)
class Given:
    """What was said on the command line; empty where it is to be asked for or proposed."""

    name: str = ""
    address: str = ""
    imap: str = ""
    imap_security: str = ""
    smtp: str = ""
    smtp_security: str = ""
    ca_file: Path | None = None
    user: str = ""
    password_command: str = ""
    password_env: str = ""
    password_file: str = ""
    service: str = ""
    zone: str = ""
    state_dir: str = ""


class Wizard:
    """Asks, proposes, checks, writes. With `is_silent` nothing is asked: proposals are taken, and
    what has none is a problem."""

    def __init__(
        self, given: Given, path: Path, env: Mapping[str, str], *, is_silent: bool
    ) -> None:
        self.given = given
        self.path = path
        self.env = env
        self.is_silent = is_silent

    def run(self) -> None:
        """1. ask  2. write beside  3. read it back as every command will  4. put it in place."""
        put_in_place(self.path, written(self._answers()), self.env)

    def _answers(self) -> Answers:
        """The six questions, and three more about servers where the provider is not known."""
        name = self._ask("Your name", self.given.name, self.env.get("NAME", ""))
        address = Address.parse(
            self._checked("Your mail address", self.given.address, "", Address.parse)
        )
        known = self._provider(address)
        provider = known or plausible(address.domain)
        user = self.given.user or provider.user(address.local, address.domain)
        if known is None:
            user = self._ask("The login name there", self.given.user, user)
        return Answers(
            name=name,
            address=address,
            imap=self._place("imap", provider, is_known=known is not None),
            smtp=self._place("smtp", provider, is_known=known is not None),
            user=user,
            secret=self._secret(),
            login=provider.login,
            service=self._service(address),
            zone=self._zone(),
            state_dir=self._state_dir(),
            ca_file=self.given.ca_file.absolute() if self.given.ca_file else None,
        )

    def _ask(self, question: str, given: str, proposal: str) -> str:
        if given:
            return given
        if self.is_silent:
            if not proposal:
                raise ConfigError([f"“{question}” has no answer; say it as an option."], "init")
            return proposal
        return str(typer.prompt(question, default=proposal or None)).strip()

    def _checked(
        self, question: str, given: str, proposal: str, check: Callable[[str], object]
    ) -> str:
        """Ask until the answer is good; what came as an option is not asked about again."""
        while True:
            answer = self._ask(question, given, proposal)
            try:
                check(answer)
            except (MailflowError, ValueError, LookupError, OSError) as error:
                is_told = isinstance(error, MailflowError)
                said = str(error) if is_told else f"“{answer}” is not known."
                if given or self.is_silent:
                    raise ConfigError([f"{question}: {said}"], "init") from None
                print(f"  {said}")
            else:
                return answer

    def _service(self, own: Address) -> Address:
        """The address to forward cards to; by default a sub-address of the owner's."""

        def check(text: str) -> None:
            if Address.parse(text) == own:
                raise AddressError("Your usual mail arrives there; choose another address.")

        question = "The address to write to mailflow"
        proposal = str(own.tagged("mailflow"))
        return Address.parse(self._checked(question, self.given.service, proposal, check))

    def _provider(self, address: Address) -> Provider | None:
        """The provider, if it is in the table, with what the owner should know of it said."""
        if address.domain in WITHOUT_IMAP:
            raise ConfigError(
                [f"{address.domain} lets no mail program in, so mailflow cannot work with it."],
                "init",
            )
        known = provider_of(address.domain)
        if known is not None and not (self.given.imap and self.given.smtp):
            print(f"{known.name}: {known.imap} and {known.smtp}.")
            if known.hint:
                print(f"  {known.hint}")
        return known

    def _place(self, end: str, provider: Provider, *, is_known: bool) -> Place:
        """A server as HOST, HOST:PORT or [IPV6]:PORT; the security follows from the port."""
        if end == "imap":
            given, security = self.given.imap, self.given.imap_security
            host, port, wrap = provider.imap, provider.imap_port, provider.imap_wrap
        else:
            given, security = self.given.smtp, self.given.smtp_security
            host, port, wrap = provider.smtp, provider.smtp_port, provider.smtp_wrap
        if not given and not is_known:
            question = "The server to read mail" if end == "imap" else "The server to send mail"
            given = self._ask(f"{question} (HOST or HOST:PORT)", "", host)
        if not given and not security:
            return Place(host, port, wrap)
        named, _, number = (given or host).rpartition(":")
        is_bare_ipv6 = named.count(":") > 0 and not named.endswith("]")
        if not number.isdigit() or is_bare_ipv6:
            named, number = given or host, ""
        wrap = self._wrap(security, end, number)
        named = named.removeprefix("[").removesuffix("]")
        return Place(named, int(number) if number else USUAL_PORT[end, wrap], wrap)

    def _wrap(self, security: str, end: str, number: str) -> Wrap:
        if security:
            try:
                return Wrap(security)
            except ValueError:
                problem = f"{end}.security: “{security}” is not one of tls, starttls, plain."
                raise ConfigError([problem], "init") from None
        is_starttls = number == str(USUAL_PORT[end, Wrap.STARTTLS])
        return Wrap.STARTTLS if is_starttls else Wrap.TLS

    def _secret(self) -> tuple[str, str]:
        given = self.given
        for kind in ("command", "env", "file"):
            value = str(getattr(given, f"password_{kind}"))
            if value:
                key = f"password_{kind}"
                return key, str(self._path(value)) if kind == "file" else value
        if self.is_silent:
            raise ConfigError(
                ["say where the password is: --password-command, --password-env or"
                 " --password-file."],
                "init",
            )  # fmt: skip
        print(KEPT_WHERE)
        match str(typer.prompt("1, 2, 3 or 4", default="4")).strip():
            case "1":
                return "password_command", self._ask("The command", "", "")
            case "2":
                return "password_env", self._ask("The variable's name", "", "MAILFLOW_PASSWORD")
            case "3":
                return "password_file", str(self._path(self._ask("The file", "", "")))
            case _:
                return "password_file", self._typed()

    def _typed(self) -> str:
        """A new file beside the configuration with what the owner types, unseen."""
        place = self.path.with_name("password")
        write_private(place, getpass.getpass("The password (it is not shown): ") + "\n")
        return place.name

    def _path(self, text: str) -> Path:
        """As a shell would understand it: relative to where the owner stands."""
        return expanded(Path(text), self.env).absolute()

    def _zone(self) -> str:
        proposal = system_zone(self.env.get("TZ", "")) or "UTC"
        return self._checked("Your time zone", self.given.zone, proposal, ZoneInfo)

    def _state_dir(self) -> Path | None:
        default = default_state_dir(self.env)
        chosen = self._ask(
            "Where to keep what mailflow remembers", self.given.state_dir, str(default)
        )
        path = expanded(Path(chosen), self.env).absolute()
        return None if path == default else path
