"""The owner's settings: a TOML file read once, checked whole, as frozen values."""

from mailflow.config.load import load
from mailflow.config.places import default_path
from mailflow.config.values import AccountConfig, Config, Login, Secret, Server, Wrap

__all__ = ["AccountConfig", "Config", "Login", "Secret", "Server", "Wrap", "default_path", "load"]
