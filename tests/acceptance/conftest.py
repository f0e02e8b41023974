"""A world for each trial, on one Dovecot for all of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.world import World
from tests.servers.dovecot import Dovecot


@pytest.fixture
def world(dovecot: Dovecot, tmp_path: Path) -> Iterator[World]:
    """Ada's world on Tuesday morning; the daemon is not running yet."""
    with World(dovecot, tmp_path) as world:
        yield world
