"""Points at which a test may have the process die, so that crash safety can be proved.

Nothing happens unless the environment variable MAILFLOW_FAULT names the point: then the process
kills itself there with SIGKILL, as a power cut would. `name:3` dies at the third passing.
"""

import os
import signal
from collections import Counter

_passed: Counter[str] = Counter()


def point(name: str) -> None:
    """Die here if the environment says so."""
    wanted, _, nth = os.environ.get("MAILFLOW_FAULT", "").partition(":")
    if wanted != name:
        return
    _passed[name] += 1
    if _passed[name] >= int(nth or 1):
        os.kill(os.getpid(), signal.SIGKILL)
