"""One scanner for the tests that only read; those that hurt it start their own."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from mailflow.config.values import Pictures
from mailflow.scanner.scanner import Scanner

PATIENT = Pictures(within=timedelta(seconds=90))
"""A busy machine may take its time; how long a picture may take is tested where it matters."""


@pytest.fixture(scope="session")
def scanner() -> Iterator[Scanner]:
    with Scanner(PATIENT) as started:
        yield started
