"""Passwords and access tokens: read when needed from a command, the environment or a file."""

import os
import stat
import subprocess

from mailflow.config import Login, Secret
from mailflow.errors import MailboxError

COMMAND_TIMEOUT_S = 60
"""A password manager may have to ask the owner to unlock it."""


def password(secret: Secret) -> str:
    """The password's first line, from wherever the owner keeps it.

    Raises MailboxError with a sentence that never contains what was read.
    """
    if secret.command:
        text = _from_command(secret.command)
    elif secret.file is not None:
        text = _from_file(secret)
    else:
        text = _from_environment(secret.env)
    first = text.splitlines()[0] if text else ""
    if not first:
        raise MailboxError(f"{_place(secret)} gave no password.")
    return first


def advice(login: Login) -> str:
    """What the owner can do when the server did not accept what it was given."""
    if login is Login.OAUTH2:
        return "check that password_command prints a fresh access token for this account."
    return "check user and password. Many providers want an app password here, not the usual one."


def no_tokens(server: str) -> str:
    """The sentence for a server that knows nothing of OAuth 2."""
    return f"{server} takes no access tokens; write login = “password” in the configuration."


def _place(secret: Secret) -> str:
    if secret.command:
        return f"The password command “{secret.command[0]}”"
    if secret.file is not None:
        return f"The password file {secret.file}"
    return f"The environment variable {secret.env}"


def _from_command(command: tuple[str, ...]) -> str:
    place = f"The password command “{command[0]}”"
    try:
        done = subprocess.run(  # noqa: S603 - the owner's own command, and no shell
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=COMMAND_TIMEOUT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise MailboxError(f"{place} did not end within {COMMAND_TIMEOUT_S} s.") from None
    except OSError as error:
        raise MailboxError(f"{place} cannot be run: {error.strerror}.") from None
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        why = f": {said[-1][:200]}" if said else "."
        raise MailboxError(f"{place} failed with exit code {done.returncode}{why}")
    return _decoded(done.stdout, place)


def _from_environment(name: str) -> str:
    if name not in os.environ:
        raise MailboxError(
            f"The environment variable {name} is not set; it should hold the password."
        )
    return os.environ[name]


def _from_file(secret: Secret) -> str:
    path = secret.file
    assert path is not None
    try:
        with path.open("rb") as opened:
            mode = stat.S_IMODE(os.fstat(opened.fileno()).st_mode)
            if mode & 0o077:
                raise MailboxError(
                    f"The password file {path} can be read by other users (mode {mode:04o}); "
                    f"run: chmod 600 {path}"
                )
            return _decoded(opened.read(65536), f"The password file {path}")
    except OSError as error:
        raise MailboxError(f"The password file {path} cannot be read: {error.strerror}.") from None


def _decoded(data: bytes, place: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise MailboxError(f"{place} gave something that is not UTF-8 text.") from None
