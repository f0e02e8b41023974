"""The secret that keys tokens and the suppression list: a file beside the store, never in it."""

import os
import secrets
import tempfile
from pathlib import Path

from mailflow.errors import ConfigError, StoreUnavailable

NAME = "secret.key"
LENGTH = 32


def read_secret(state_dir: Path) -> bytes:
    """The 256-bit secret; made with its folder, for the owner only, when it is not there yet.

    Raises StoreUnavailable when it can be neither read nor made, ConfigError when others can read
    it or it is damaged: a new one would void the suppression list.
    """
    path = state_dir / NAME
    try:
        state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            _make(path)
        if path.stat().st_mode & 0o077:
            raise ConfigError([f"{path}: others can read this secret; run chmod 600 {path}."])
        secret = path.read_bytes()
    except OSError as error:
        raise StoreUnavailable(
            f"The secret {path} cannot be read or made: {error.strerror}. "
            f"Look at store.state_dir, the rights on it and the room on its disk."
        ) from error
    if len(secret) != LENGTH:
        raise ConfigError([f"{path}: the secret is damaged; restore it from your backup."])
    return secret


def _make(path: Path) -> None:
    """Under its name it is whole or not there at all, even if the disk is full or power fails."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{NAME}.")
    made = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(LENGTH))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(made, path)
        except FileExistsError:
            return  # another process was faster: its secret counts
        except OSError:  # a file system without hard links
            made.rename(path)
    finally:
        made.unlink(missing_ok=True)
