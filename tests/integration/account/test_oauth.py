"""Access tokens open an IMAP account where passwords do not: Dovecot checks signed ones itself."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mailflow.account.imap import ImapAccount
from mailflow.config import AccountConfig, Login, Secret
from mailflow.errors import LoginRefused
from tests.servers.dovecot import Dovecot

KEY = b"a key both sides know, as long as it has to be"


def token(user: str, lasts: timedelta) -> str:
    """A JSON Web Token (RFC 7519) signed by HMAC-SHA256, as an identity provider would issue it."""
    now = datetime.now(UTC)
    claims = {
        "sub": user,
        "email": user,
        "iat": int((now - timedelta(hours=1)).timestamp()),
        "exp": int((now + lasts).timestamp()),
    }
    parts = [
        _encoded(json.dumps(part).encode()) for part in ({"alg": "HS256", "typ": "JWT"}, claims)
    ]
    signed = ".".join(parts)
    return f"{signed}.{_encoded(hmac.digest(KEY, signed.encode(), hashlib.sha256))}"


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


@pytest.fixture(scope="module", params=["oauthbearer", "xoauth2"])
def dovecot(request: pytest.FixtureRequest) -> Iterator[Dovecot]:
    server = Dovecot(tokens=(request.param, KEY))
    yield server
    server.stop()


def account(dovecot: Dovecot, user: str, secret: str) -> ImapAccount:
    server = replace(
        dovecot.server(user), login=Login.OAUTH2, secret=Secret(command=("echo", secret))
    )
    return ImapAccount(AccountConfig("ada", imap=server, smtp=server))


@pytest.mark.dovecot
def test_a_fresh_token_opens_the_account(dovecot: Dovecot) -> None:
    user = dovecot.new_user()
    opened = account(dovecot, user, token(user, timedelta(hours=1)))
    assert opened.folders().drafts == "Drafts"
    opened.close()


@pytest.mark.dovecot
@pytest.mark.parametrize("secret", ["nonsense", token("x@example.test", timedelta(minutes=-30))])
def test_a_token_that_is_stale_or_none_is_the_owners_to_renew(
    dovecot: Dovecot, secret: str
) -> None:
    with pytest.raises(LoginRefused, match="password_command prints a fresh access token"):
        account(dovecot, dovecot.new_user(), secret).folders()


@pytest.mark.dovecot
def test_the_token_of_another_opens_nothing(dovecot: Dovecot) -> None:
    foreign = token(dovecot.new_user("raj"), timedelta(hours=1))
    with pytest.raises(LoginRefused):
        account(dovecot, dovecot.new_user("ada"), foreign).folders()
