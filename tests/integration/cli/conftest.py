"""An owner with a real mail account and a shell."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mailflow.config import AccountConfig, Server
from tests.commands import Shell
from tests.servers.dovecot import PASSWORD
from tests.servers.world import World

CONFIG = """
[owner]
name = "Ada Lovelace"
addresses = ["{address}"]
zone = "Europe/London"
[service]
address = "{service}"
[store]
state_dir = "state"
{imap}
{smtp}
{more}
"""

SERVER = """
[accounts.main.{end}]
host = "{host}"
port = {port}
security = "{wrap}"
user = "{user}"
password_file = "password"
timeout = "5s"
{ca_file}
"""

Configure = Callable[..., Shell]


def section(end: str, server: Server) -> str:
    ca_file = f'ca_file = "{server.ca_file}"' if server.ca_file else ""
    return SERVER.format(
        end=end,
        host=server.host,
        port=server.port,
        wrap=server.wrap,
        user=server.user,
        ca_file=ca_file,
    )


@pytest.fixture
def configure(tmp_path: Path, world: World) -> Configure:
    """Writes a configuration for an account of the world; a shell that uses it."""

    def made(account: AccountConfig, *, more: str = "", service: str = "") -> Shell:
        account = replace(account, smtp=world.smtp.server(account.name))
        (tmp_path / "password").write_text(PASSWORD)
        (tmp_path / "password").chmod(0o600)
        config = tmp_path / "config.toml"
        config.write_text(
            CONFIG.format(
                address=account.name,
                service=service or account.name.replace("@", "+mailflow@"),
                imap=section("imap", account.imap),
                smtp=section("smtp", account.smtp),
                more=more,
            )
        )
        config.chmod(0o600)
        return Shell(tmp_path, config)

    return made


@pytest.fixture
def ada(world: World) -> AccountConfig:
    return world.account("ada")


@pytest.fixture
def shell(configure: Configure, ada: AccountConfig) -> Shell:
    return configure(ada)
