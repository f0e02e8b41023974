"""Where files lie when the owner did not say: the XDG base directories."""

from collections.abc import Mapping
from pathlib import Path


def default_path(env: Mapping[str, str], here: Path) -> Path:
    """The configuration file: $MAILFLOW_CONFIG, else mailflow.toml in `here`, else the owner's own.

    The path is returned whether or not the file exists.
    """
    if env.get("MAILFLOW_CONFIG"):
        return expanded(Path(env["MAILFLOW_CONFIG"]), env)
    local = here / "mailflow.toml"
    return local if local.is_file() else config_home(env) / "mailflow" / "config.toml"


def config_home(env: Mapping[str, str]) -> Path:
    """$XDG_CONFIG_HOME, by default ~/.config."""
    return _xdg(env, "XDG_CONFIG_HOME", ".config")


def default_state_dir(env: Mapping[str, str]) -> Path:
    """$XDG_STATE_HOME/mailflow, by default ~/.local/state/mailflow."""
    return _xdg(env, "XDG_STATE_HOME", ".local/state") / "mailflow"


def home(env: Mapping[str, str]) -> Path:
    return Path(env["HOME"]) if env.get("HOME") else Path.home()


def expanded(path: Path, env: Mapping[str, str]) -> Path:
    """The path with a leading `~` replaced by the home folder."""
    return home(env) / Path(*path.parts[1:]) if path.parts[:1] == ("~",) else path


def _xdg(env: Mapping[str, str], name: str, default: str) -> Path:
    value = Path(env.get(name, ""))
    # the specification says that a relative value is to be ignored
    return value if value.is_absolute() else home(env) / default
