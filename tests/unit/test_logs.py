"""The log says what happened, to nobody by name, and never stands in the way."""

import io
from collections.abc import Iterator

import pytest
import structlog

from mailflow import logs
from mailflow.errors import MailboxError
from mailflow.model.address import Address


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    yield
    structlog.reset_defaults()


@pytest.fixture
def heard() -> io.StringIO:
    stream = io.StringIO()
    logs.configure(stream)
    return stream


def test_addresses_are_redacted_wherever_they_stand(heard: io.StringIO) -> None:
    log = structlog.get_logger()
    jane = Address.parse("jane.roe@acme.io")
    log.info("mail to jane.roe@acme.io", to=jane, all=[jane], said="<x1@acme.io> is late", times=3)
    try:
        raise MailboxError("jane.roe@acme.io does not exist")
    except MailboxError:
        log.exception("failed")
    said = heard.getvalue()
    assert "acme.io" not in said
    assert "j…@….io" in said
    assert "times=3" in said
    assert "MailboxError" in said
    assert len(said.splitlines()) == 2, "a line an event, its traceback within"


class FullDisk(io.StringIO):
    def write(self, _text: str) -> int:
        raise OSError(28, "No space left on device")

    def flush(self) -> None:
        raise OSError(28, "No space left on device")


def test_a_log_that_cannot_be_written_stops_nothing() -> None:
    logs.configure(FullDisk())
    structlog.get_logger().error("nobody hears this")
