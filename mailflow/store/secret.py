"""The secret that keys tokens and the suppression list: a file beside the store, never in it."""

import os
import secrets
from pathlib import Path

from mailflow.errors import ConfigError

NAME = "secret.key"
LENGTH = 32


def read_secret(state_dir: Path) -> bytes:
    """The 256-bit secret; made, readable by the owner only, when it is not there yet.

    Raises ConfigError when others can read it or it is damaged: a new one would void the
    suppression list.
    """
    path = state_dir / NAME
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(LENGTH))
            file.flush()
            os.fsync(file.fileno())
    if path.stat().st_mode & 0o077:
        raise ConfigError([f"{path}: others can read this secret; run chmod 600 {path}."])
    secret = path.read_bytes()
    if len(secret) != LENGTH:
        raise ConfigError([f"{path}: the secret is damaged; restore it from your backup."])
    return secret
