"""The configuration file: what it gives, and what it says when something is wrong."""

import re
import tomllib
from dataclasses import fields
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.config import Config, Wrap, default_path, load
from mailflow.config.load import parsed
from mailflow.config.readers import Around, Wrong
from mailflow.config.settings import SETTINGS, Setting
from mailflow.config.tree import at
from mailflow.errors import ConfigError
from mailflow.model.contact import Tier
from mailflow.model.policy import Policy

EXAMPLE = Path(__file__).parent.parent.parent / "config.example.toml"
ENV = {"HOME": "/home/ada"}
SMALLEST = """
[owner]
name = "Ada Lovelace"
addresses = ["ada@example.org"]
zone = "Europe/London"
[service]
address = "ada+mailflow@example.org"
[accounts.main.imap]
host = "imap.example.org"
user = "ada"
password_env = "MAIL_PASSWORD"
[accounts.main.smtp]
host = "smtp.example.org"
"""


@pytest.fixture
def written(tmp_path: Path) -> Any:
    def write(text: str) -> Path:
        path = tmp_path / "config.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def problems(path: Path) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        load(path, ENV)
    return caught.value.problems


def uncommented(text: str) -> str:
    return re.sub(r"^#(?=\w+ = )", "", text, flags=re.MULTILINE)


# ── the example is the manual ──────────────────────────────────────────────────────────────────


def test_the_example_loads_as_it_is() -> None:
    config = load(EXAMPLE, ENV)
    assert config.identity.name == "Ada Lovelace"
    assert config.policy == Policy()


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_the_example_shows_every_setting_as_the_table_has_it(setting: Setting) -> None:
    shown = at(tomllib.loads(uncommented(EXAMPLE.read_text())), setting.key.replace("*", "main"))
    assert shown is not None
    assert shown == tomllib.loads(f"x = {setting.example}")["x"]


def test_the_example_shows_nothing_that_is_not_a_setting(written: Any) -> None:
    text = uncommented(EXAMPLE.read_text())
    # of the three ways to name a password only one may be taken
    text = re.sub(r"^password_(env|file) = .*$", "", text, flags=re.MULTILINE)
    shown = load(written(text), ENV).policy
    assert shown == Policy(sandbox_address=shown.sandbox_address)


@pytest.mark.parametrize(
    "setting", [s for s in SETTINGS if not s.is_required], ids=lambda setting: setting.key
)
def test_an_example_of_an_optional_setting_is_its_default(setting: Setting) -> None:
    plain = load(EXAMPLE, ENV)
    server = plain.accounts[0].imap if setting.into.startswith("imap") else plain.accounts[0].smtp
    noun, _, field = setting.into.partition(".")
    if noun == "megabytes":
        assert plain.max_message_bytes == int(setting.example) * 1024 * 1024
        return
    if noun == "tier":
        assert plain.policy.tier_days[Tier(field)] == int(setting.example)
        return
    holder: Any = {
        "identity": plain.identity,
        "config": plain,
        "policy": plain.policy,
        "pictures": plain.pictures,
        "account": plain.accounts[0],
        "imap": server,
        "smtp": server,
    }[noun]
    if field.startswith("secret.") or field == "user":
        return  # a login has no default
    default = getattr(holder, field)
    read = setting.read(tomllib.loads(f"x = {setting.example}")["x"], Around(Path("/"), ENV))
    assert default is None or default == read or setting.key == "store.url"


def test_every_value_of_the_policy_can_be_set() -> None:
    settable = {s.into.partition(".")[2] for s in SETTINGS if s.into.startswith("policy.")}
    assert settable | {"tier_days"} == {field.name for field in fields(Policy)}


# ── what the smallest file means ───────────────────────────────────────────────────────────────


def test_the_smallest_file_is_enough(written: Any) -> None:
    config = load(written(SMALLEST), ENV)
    account = config.accounts[0]
    assert (account.name, account.imap.port, account.imap.wrap) == ("main", 993, Wrap.TLS)
    assert (account.smtp.port, account.smtp.wrap) == (465, Wrap.TLS)
    assert (account.smtp.user, account.smtp.secret.env) == ("ada", "MAIL_PASSWORD")
    assert config.state_dir == Path("/home/ada/.local/state/mailflow")
    assert config.store_url == "sqlite:////home/ada/.local/state/mailflow/mailflow.db"


def test_a_byte_order_mark_is_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALLEST.encode())
    assert load(path, ENV).identity.name == "Ada Lovelace"


def test_relative_paths_start_at_the_files_folder(written: Any) -> None:
    path = written(SMALLEST + '[store]\nstate_dir = "state"\n[templates]\nfolder = "~/mine"\n')
    config = load(path, ENV)
    assert config.state_dir == path.parent / "state"
    assert config.store_url == f"sqlite:///{path.parent}/state/mailflow.db"
    assert config.templates_dir == Path("/home/ada/mine")


def test_the_port_of_starttls_means_starttls(written: Any) -> None:
    config = load(written(SMALLEST + "port = 587\n"), ENV)
    assert config.accounts[0].smtp.wrap is Wrap.STARTTLS


def test_smtp_may_have_a_login_of_its_own_or_none(written: Any) -> None:
    own = load(written(SMALLEST + 'user = "out"\npassword_file = "p"\n'), ENV).accounts[0].smtp
    assert (own.user, own.secret.env, own.secret.file is None) == ("out", "", False)
    none = load(written(SMALLEST + 'user = ""\n'), ENV).accounts[0].smtp
    assert (none.user, none.secret.env) == ("", "")


def test_values_come_out_as_the_program_needs_them(written: Any) -> None:
    policy = """
[policy]
window_opens = 08:30:00
window_days = ["Monday", "sat"]
holidays = [2026-12-25, "2027-01-01"]
summary_at = "07:15"
spacing_max = "3m"
default_tier = "wide"
tier_days.inner = 14
"""
    read = load(written(SMALLEST + policy), ENV).policy
    assert (read.window_opens, read.summary_at) == (time(8, 30), time(7, 15))
    assert read.window_days == {0, 5}
    assert read.holidays == {"2026-12-25", "2027-01-01"}
    assert read.spacing_max == timedelta(minutes=3)
    assert read.default_tier is Tier.WIDE
    assert (read.tier_days[Tier.INNER], read.tier_days[Tier.KEY]) == (14, 60)


def test_a_postgresql_url_names_the_driver(written: Any) -> None:
    config = load(written(SMALLEST + '[store]\nurl = "postgres://localhost/m"\n'), ENV)
    assert config.store_url == "postgresql+psycopg://localhost/m"


# ── what is said when it is wrong ──────────────────────────────────────────────────────────────

WRONG = [
    ("owner", "addresses = 3", "owner.addresses: is “3”, which is not a list"),
    ("owner", 'addresses = ["ada"]', "owner.addresses: is “ada”, which is not a mail address"),
    ("owner", "addresses = []", "owner.addresses: is an empty list"),
    ("owner", 'addresses = ["a@x.org", "A@X.org"]', "owner.addresses: lists the same address"),
    ("owner", 'zone = "Europe/Londn"', "did you mean “Europe/London”?"),
    ("owner", 'zone = "../../etc/passwd"', "owner.zone: is “../../etc/passwd”, which is not"),
    ("owner", 'name = ""', "owner.name: is empty; write name = "),
    ("owner", 'name = "Ada\\r\\nBcc: x"', "owner.name: must be one line"),
    ("owner", 'region = "Germany"', "owner.region: is “Germany”, which is not a country"),
    ("service", 'address = "ADA@example.org"', "service.address: is one of your own addresses"),
    ("service", 'move_done = "yes"', "service.move_done: is “yes”, but can only be true or false"),
    ("accounts.main.imap", "port = 0", "accounts.main.imap.port: is 0, but must be from 1 to"),
    ("accounts.main.imap", "port = true", "accounts.main.imap.port: is “true”, which is not a wh"),
    ("accounts.main.imap", "port = 143\nsecurity = 'tls'", "is 143, the port for “starttls”"),
    ("accounts.main.imap", 'security = "ssl"', "only be one of “tls”, “starttls”, “plain”"),
    ("accounts.main.imap", 'security = "plain"', "accounts.main.imap.security: “plain” sends"),
    ("accounts.main.imap", 'host = "imap.example.org:993"', "the port has a key of its own"),
    ("accounts.main.imap", 'password_file = "p"', "password_file: is one too many beside passw"),
    ("accounts.main.imap", 'password_env = "hunter 2"', "not the name of an environment variable"),
    ("accounts.main.imap", 'password_command = "a \'b"', "cannot be split into words"),
    ("accounts.main.imap", 'timeout = "0s"', "must be “1s” at least, “10m” at most"),
    ("accounts.main.smtp", "port = 587\nsecurity = 'tls'", "is 587, the port for “starttls”"),
    ("accounts.main.smtp", 'user = "out"\npassword_file = ""', "smtp.password_file: is empty"),
    ("accounts.main", 'mailboxes = "Work"', "accounts.main.mailboxes: is “Work”, which is not a l"),
    ("policy", 'undo_within = "1m"', "policy.undo_within: is “1m”, but must be “2m” at least"),
    ("policy", "undo_within = 120", "policy.undo_within: is “120”, which is not a duration"),
    ("policy", 'summary_at = "8 o\'clock"', "policy.summary_at: is “8 o'clock”, which is not a ti"),
    ("policy", 'summary_at = "8"', "policy.summary_at: is “8”, which is not a time of day"),
    ("policy", 'summary_at = "08:00+02:00"', "which is not a time of day"),
    ("policy", 'summary_weekday = "someday"', "which is not a day like “mon”"),
    ("policy", 'holidays = ["25.12."]', "which is not a day like “2026-12-25”"),
    ("policy", 'window_opens = "18:00"', "policy.window_closes: must be later than policy.window"),
    ("policy", 'warn_after = "24h"', "policy.warn_after: must be less than policy.follow_up_with"),
    ("policy", 'spacing_max = "10s"', "policy.spacing_max: must not be less than"),
    ("policy", "per_day = 5", "policy.per_day: must not be less than policy.per_hour"),
    ("policy", "tier_days.inner = 0", "policy.tier_days.inner: is 0, but must be from 1"),
    ("policy", "tier_days.none = 5", "policy.tier_days.none: is not a setting"),
    ("policy", "tier_days = 5", "policy.tier_days: is a section, not a value"),
    ("retention", "raw_days = 500", "retention.days: must not be less than retention.raw_days"),
    ("store", 'url = "mysql://x/y"', "store.url: is not a URL of SQLite or PostgreSQL"),
    ("store", 'url = "postgresql://ada:pw@host/m"', "store.url: has a password in it"),
    ("store", 'url = "sqlite://"', "store.url: is not a URL"),
]


@pytest.mark.parametrize(("section", "lines", "said"), WRONG, ids=[w[1] for w in WRONG])
def test_a_wrong_value_is_named_with_what_to_write_instead(
    written: Any, section: str, lines: str, said: str
) -> None:
    text = SMALLEST if f"[{section}]" in SMALLEST else f"{SMALLEST}[{section}]\n"
    for name in re.findall(r"^(\w+) =", lines, flags=re.MULTILINE):
        head, mark, rest = text.partition(f"[{section}]\n")
        text = head + mark + re.sub(rf"^{name} = .*\n", "", rest, count=1, flags=re.MULTILINE)
    found = problems(written(text.replace(f"[{section}]\n", f"[{section}]\n{lines}\n")))
    assert len(found) == 1
    assert said in found[0]
    assert "write" in found[0] or "did you mean" in found[0] or "~/.pgpass" in found[0]


UNKNOWN = [
    ("[owner]", 'nmae = "x"', "owner.nmae: is not a setting; did you mean owner.name?"),
    ("[owner]", "per_day = 3", "owner.per_day: is not a setting; did you mean policy.per_day?"),
    ("[owner]", "zzzzzz = 3", "owner.zzzzzz: is not a setting; take it out."),
    ("[accounts.main.imap]", 'username = "x"', "did you mean accounts.main.imap.user?"),
    ("[polcy]", "per_day = 3", "polcy: is not a setting; did you mean policy?"),
    ("[accounts.main.pop3]", "port = 3", "accounts.main.pop3: is not a setting"),
    ('[accounts."a b".imap]', "port = 3", "accounts.a b: is not a name for an account"),
    ("[service.name]", "x = 3", "service.name: is not a setting; did you mean owner.name?"),
    ("[retention.days]", "x = 3", "retention.days: is a value, not a section"),
]


@pytest.mark.parametrize(("section", "lines", "said"), UNKNOWN, ids=[u[1] for u in UNKNOWN])
def test_an_unknown_key_is_a_problem_and_the_nearest_known_one_is_proposed(
    written: Any, section: str, lines: str, said: str
) -> None:
    text = SMALLEST if section in SMALLEST else f"{SMALLEST}{section}\n"
    (found,) = problems(written(text.replace(f"{section}\n", f"{section}\n{lines}\n")))
    assert said in found


def test_a_password_in_the_file_is_refused_without_being_repeated(written: Any) -> None:
    text = SMALLEST.replace('password_env = "MAIL_PASSWORD"', 'password = "hunter2"')
    found = problems(written(text))
    assert any(p.startswith("accounts.main.imap.password: a password has no place") for p in found)
    assert "hunter2" not in "".join(found)


def test_all_problems_are_told_at_once(written: Any) -> None:
    text = """
[owner]
name = 3
zone = "Nowhere"
[service]
adress = "x"
[accounts.main.imap]
host = "imap.example.org"
user = "ada"
[accounts.main.smtp]
security = "plain"
host = "smtp.example.org"
[policy]
per_day = "many"
window_closes = "08:00"
"""
    keys = {problem.partition(": ")[0] for problem in problems(written(text))}
    assert keys == {
        "owner.name",
        "owner.zone",
        "owner.addresses",
        "service.adress",
        "service.address",
        "accounts.main.imap.password_command",
        "accounts.main.smtp.password_command",
        "accounts.main.smtp.security",
        "policy.per_day",
        "policy.window_closes",
    }


def test_an_empty_file_says_everything_that_must_be_written(written: Any) -> None:
    keys = [problem.partition(": ")[0] for problem in problems(written(""))]
    assert keys == ["accounts", "owner.name", "owner.addresses", "owner.zone", "service.address"]


@pytest.mark.parametrize("text", ["owner = 3", "accounts = 3", "accounts.main = 3"])
def test_a_value_where_a_section_belongs_is_said_once(written: Any, text: str) -> None:
    name = text.partition(" ")[0]
    found = problems(written(f"{text}\n"))
    about = [problem for problem in found if problem.partition(":")[0].startswith(name)]
    assert len([p for p in about if "is a section, not a value" in p]) == 1


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.3.2.1", "::1"])
def test_an_unprotected_line_is_fine_within_this_machine(written: Any, host: str) -> None:
    text = SMALLEST.replace("smtp.example.org", host) + 'security = "plain"\n'
    assert load(written(text), ENV).accounts[0].smtp.wrap is Wrap.PLAIN


@pytest.mark.parametrize("host", ["10.0.0.1", "localhost.example.org", "mail"])
def test_an_unprotected_line_is_refused_to_another_machine(written: Any, host: str) -> None:
    (found,) = problems(
        written(SMALLEST.replace("smtp.example.org", host) + 'security = "plain"\n')
    )
    assert found.startswith("accounts.main.smtp.security: ")


# ── files that are no configuration ────────────────────────────────────────────────────────────


def test_a_missing_file_points_to_init(tmp_path: Path) -> None:
    assert "mailflow init" in problems(tmp_path / "none.toml")[0]


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    assert "cannot be read" in problems(tmp_path)[0]


def test_broken_toml_names_the_line(written: Any) -> None:
    assert "line 2" in problems(written("[owner]\nname = \n"))[0]


def test_a_file_in_another_encoding_says_so(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(SMALLEST.replace("Ada", "Adé").encode("latin-1"))
    assert "not UTF-8" in problems(path)[0]


def test_a_file_nested_to_exhaustion_is_refused(written: Any) -> None:
    assert len(problems(written("x = " + "[" * 5000))) == 1


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.dates() | st.times(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
))  # fmt: skip
def test_any_value_is_read_or_refused_and_nothing_else_happens(value: Any) -> None:
    for setting in SETTINGS:
        try:
            setting.read(value, Around(Path("/"), ENV))
        except Wrong as wrong:
            assert str(wrong)


# ── where the file is looked for ───────────────────────────────────────────────────────────────


def test_the_environment_names_the_file_first(tmp_path: Path) -> None:
    (tmp_path / "mailflow.toml").touch()
    named = default_path(ENV | {"MAILFLOW_CONFIG": "~/my.toml"}, tmp_path)
    assert named == Path("/home/ada/my.toml")
    assert default_path(ENV, tmp_path) == tmp_path / "mailflow.toml"


def test_without_a_file_here_it_is_the_owners_own(tmp_path: Path) -> None:
    assert default_path(ENV, tmp_path) == Path("/home/ada/.config/mailflow/config.toml")
    moved = default_path(ENV | {"XDG_CONFIG_HOME": "/etc/ada"}, tmp_path)
    assert moved == Path("/etc/ada/mailflow/config.toml")
    ignored = default_path(ENV | {"XDG_CONFIG_HOME": "relative"}, tmp_path)
    assert ignored == Path("/home/ada/.config/mailflow/config.toml")


def test_a_loaded_configuration_cannot_be_changed() -> None:
    config: Config = load(EXAMPLE, ENV)
    with pytest.raises(AttributeError):
        config.store_url = "x"  # type: ignore[misc]
    assert parsed(EXAMPLE)
