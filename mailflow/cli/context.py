"""What commands work with, opened when they need it: the configuration, the store, the house."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:  # so that `mailflow --help` need not wait for them
    from mailflow.config import Config
    from mailflow.store.database import Session, Store
    from mailflow.tick.house import House


@dataclass(frozen=True)
class Records:
    """The store, opened for one command in one transaction."""

    config: "Config"
    store: "Store"
    s: "Session"
    owner_id: int
    now: datetime


def config_path(ctx: typer.Context) -> Path:
    """The file named by --config, else where configurations are looked for."""
    from mailflow.config import default_path

    given = ctx.obj
    return given if isinstance(given, Path) else default_path(os.environ, Path.cwd())


def load_config(ctx: typer.Context) -> "Config":
    """The configuration; from here on there is something to log."""
    from mailflow import logs
    from mailflow.config import load

    logs.configure(is_verbose=bool(os.environ.get("MAILFLOW_DEBUG")))
    return load(config_path(ctx), os.environ)


@contextmanager
def records(ctx: typer.Context) -> Iterator[Records]:
    """The store alone, for commands that only look things up or put them right."""
    from mailflow.daemon import clock
    from mailflow.store.database import Store, ensure_owner
    from mailflow.store.secret import read_secret

    config = load_config(ctx)
    store = Store.open(config.store_url, secret=read_secret(config.state_dir))
    try:
        with store.begin() as s:
            now = clock()
            owner_id = ensure_owner(s, config.identity.address.key, now)
            yield Records(config, store, s, owner_id, now)
    finally:
        store.close()


@contextmanager
def looking(ctx: typer.Context) -> Iterator[tuple["Session", int]]:
    """The store for a command that only reads, however long that takes, and the owner's number."""
    from mailflow.daemon import clock
    from mailflow.store.database import Store, ensure_owner
    from mailflow.store.secret import read_secret

    config = load_config(ctx)
    store = Store.open(config.store_url, secret=read_secret(config.state_dir))
    try:
        with store.begin() as s:
            owner_id = ensure_owner(s, config.identity.address.key, clock())
        with store.look() as s:
            yield s, owner_id
    finally:
        store.close()


@contextmanager
def house(ctx: typer.Context) -> Iterator["House"]:
    """Everything a tick works with, beside a daemon that may be running."""
    from mailflow.daemon import open_house

    with open_house(load_config(ctx), holds=False) as opened:
        yield opened


@contextmanager
def ended_properly() -> Iterator[None]:
    """A closed terminal, or a `kill`, ends what is inside as Ctrl-C does: by an exception, so that
    whatever was begun is ended as well."""
    numbers = signal.SIGHUP, signal.SIGTERM
    before = [signal.signal(number, _leave) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def _leave(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)
