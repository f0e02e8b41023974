"""The log: one line an event, addresses redacted, never a body, never a local variable."""

import logging
import re
import sys
from collections.abc import MutableMapping
from contextlib import suppress
from io import StringIO
from types import ModuleType
from typing import Any, TextIO, cast

# structlog takes up Rich where it finds it, for a console we have none of: four megabytes that an
# idle daemon does not need. Whoever imports this module first, the daemon does, gets it without.
IS_RICH_ABSENT = sys.modules.setdefault("rich", cast("ModuleType", None)) is None
import structlog  # noqa: E402 # see above

if IS_RICH_ABSENT:
    del sys.modules["rich"]

ADDRESS = re.compile(r"[^\s<>@,;:\"'()]{1,64}@[^\s<>@,;:\"'()]{1,255}")
"""What looks like an address, or like a Message-ID: both are redacted."""


def redact(text: str) -> str:
    """The text with each address cut to its first letter and its last label: `j…@….io`."""
    return ADDRESS.sub(_short, text)


def _short(found: re.Match[str]) -> str:
    local, _, domain = found.group().partition("@")
    return f"{local[:1]}…@….{domain.rpartition('.')[2]}"


def _redact_event(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    return {
        key: value if isinstance(value, int | float) else redact(str(value))
        for key, value in event.items()
    }


class _Patient(StringIO):
    """A stream whose disk may be full or whose reader may be gone: the daemon lives on unheard."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream

    def write(self, text: str) -> int:
        with suppress(OSError, ValueError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError, ValueError):
            self._stream.flush()


def configure(stream: TextIO | None = None, *, is_verbose: bool = False) -> None:
    """Log to `stream` (standard error, where systemd takes it up) from level info on."""
    level = logging.DEBUG if is_verbose else logging.INFO
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _redact_event,
            structlog.processors.LogfmtRenderer(
                key_order=["timestamp", "level", "event"], drop_missing=True, bool_as_flag=False
            ),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(_Patient(stream or sys.stderr)),
        cache_logger_on_first_use=False,
    )
