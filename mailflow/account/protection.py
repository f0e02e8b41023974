"""How a connection to a mail server is protected, and what to tell the owner when it fails."""

import ipaddress
import socket
import ssl
from functools import lru_cache
from pathlib import Path

from mailflow.config import Server, Wrap
from mailflow.errors import MailboxError

_NOT_YET_VALID, _EXPIRED = 9, 10
_UNKNOWN_ISSUER = frozenset({18, 19, 20, 21})
_WRONG_HOST = frozenset({62, 64})
"""X509_V_ERR_* numbers of OpenSSL's x509_vfy.h."""


def is_loopback(host: str) -> bool:
    """Whether the host is this machine itself, told without asking a name server."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def refuse_in_the_clear(server: Server) -> None:
    """A password never travels unprotected to another machine; raises MailboxError."""
    if server.wrap is Wrap.PLAIN and not is_loopback(server.host):
        raise MailboxError(
            f"{at(server)} would be reached without encryption, which is only allowed on this "
            f"machine itself (localhost); set security to “tls” or “starttls”."
        )


def context(server: Server) -> ssl.SSLContext:
    """Certificates and host names are verified; `ca_file` is trusted besides the system's.

    Shared by all connections that trust the same: the system's authorities alone weigh a megabyte.
    """
    system = ssl.get_default_verify_paths()
    files = (system.cafile, system.capath, server.ca_file)
    return _context(server.ca_file, tuple(_changed_at(file) for file in files))


@lru_cache(maxsize=16)
def _context(ca_file: Path | None, _as_of: tuple[int, ...]) -> ssl.SSLContext:
    made = ssl.create_default_context()
    made.minimum_version = ssl.TLSVersion.TLSv1_2  # some distributions' defaults allow less
    if ca_file is not None:
        try:
            made.load_verify_locations(ca_file)
        except (OSError, ssl.SSLError) as error:
            raise MailboxError(
                f"The certificate authority file {ca_file} cannot be used: {error}"
            ) from error
    return made


def _changed_at(file: Path | str | None) -> int:
    """So that authorities added or renewed later are trusted without a restart."""
    try:
        return 0 if file is None else Path(file).stat().st_mtime_ns
    except OSError:
        return 0


def at(server: Server) -> str:
    return f"{server.host}:{server.port}"


def explain(error: BaseException, server: Server) -> str:
    """A sentence for the owner: what happened at which server, and what to do."""
    match error:
        case ssl.SSLCertVerificationError():
            return _certificate(error, server)
        case ssl.SSLError() if "WRONG_VERSION_NUMBER" in str(error):
            return (
                f"{at(server)} does not speak TLS from the first byte; "
                f"check the port, or set security to “starttls”."
            )
        case ssl.SSLError():
            return f"The encrypted connection to {at(server)} failed: {error}"
        case socket.gaierror():
            return f"The name {server.host} cannot be found; check host and your network."
        case ConnectionRefusedError():
            return f"Nobody answers at {at(server)}; check host and port, or try again later."
        case TimeoutError():
            return f"{at(server)} did not answer within {server.timeout.total_seconds():g} s."
        case _:
            return f"The connection to {at(server)} was lost: {str(error) or type(error).__name__}"


def _certificate(error: ssl.SSLCertVerificationError, server: Server) -> str:
    code = error.verify_code
    if code == _EXPIRED:
        return (
            f"The certificate of {at(server)} has expired; its operator must renew it. "
            f"(If this machine's clock is wrong, set it.)"
        )
    if code == _NOT_YET_VALID:
        return f"The certificate of {at(server)} is not valid yet; is this machine's clock right?"
    if code in _UNKNOWN_ISSUER:
        return (
            f"The certificate of {at(server)} comes from an authority this machine does not "
            f"know; if it is your own server, name its authority's file in ca_file."
        )
    if code in _WRONG_HOST:
        return (
            f"The certificate of {at(server)} belongs to another host; "
            f"check host: it must be the name your provider tells."
        )
    return f"The certificate of {at(server)} cannot be trusted: {error.verify_message}"
