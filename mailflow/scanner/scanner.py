"""The picture reader: one child process, started when first needed and let go when idle."""

from importlib.util import find_spec
from threading import Lock
from time import monotonic
from types import TracebackType
from typing import Self

from mailflow.config.values import Pictures
from mailflow.model.scan import Scan, Unscannable
from mailflow.scanner.worker import Worker, WorkerLost

NEEDED = ("rapidocr", "onnxruntime", "zxingcpp", "pi_heif", "pypdfium2", "PIL", "cv2", "numpy")
MISSING = (
    "To read pictures of cards, install mailflow[ocr] (about 370 MB)."
    " I kept the picture and will read it then."
)
MAX_BYTES = 60 * 1024 * 1024


class Scanner:
    """Reads pictures and PDFs, one at a time; safe to share between threads.

    Nothing heavy is imported here: the libraries and the models live in the child. `close`, or the
    end of a `with` block, ends it; a later `scan` starts another.
    """

    def __init__(self, pictures: Pictures | None = None) -> None:
        self.pictures = pictures or Pictures()
        self._worker: Worker | None = None
        self._used_at = 0.0
        self._lock = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def child_pid(self) -> int | None:
        """The child's process id while there is one."""
        return self._worker.pid if self._worker else None

    def scan(self, data: bytes, filename: str) -> Scan | Unscannable:
        """What is seen on a picture (JPEG, PNG, WebP, TIFF, HEIC, GIF) or on a PDF's pages.

        The kind is told from the bytes; `filename` is for the sentences. Never raises for what the
        file holds: a file that cannot be read is an Unscannable, and the child is replaced.
        """
        if not is_installed():
            return Unscannable(MISSING, is_missing=True)
        if len(data) > MAX_BYTES:
            return Unscannable(
                f"{filename} is larger than {MAX_BYTES // 1024**2} MB, which no photo of a card"
                " is; send a smaller picture."
            )
        with self._lock:
            return self._scan(data, filename)

    def _scan(self, data: bytes, filename: str) -> Scan | Unscannable:
        if self._worker and not self._worker.is_alive:
            self._drop()  # it died between two pictures, which is not this picture's fault
        try:
            self._worker = self._worker or Worker(self.pictures)
        except WorkerLost as lost:
            return Unscannable(
                f"{filename} was not read: {lost}. I kept the picture and will try again.",
                is_missing=True,
            )
        try:
            return self._worker.read(data, filename)
        except WorkerLost as lost:
            self._drop()
            return Unscannable(
                f"{filename} could not be read: {lost}. Send the card as a smaller picture,"
                " as a vCard or as text."
            )
        finally:
            self._used_at = monotonic()

    def let_go_when_idle(self) -> bool:
        """End the child if it was not needed for `pictures.let_go_after`; True when it was ended.

        For the daemon to call in each of its rounds; costs nothing.
        """
        idle = monotonic() - self._used_at
        if not self._worker or idle < self.pictures.let_go_after.total_seconds():
            return False
        if not self._lock.acquire(blocking=False):
            return False
        try:
            self._drop()
        finally:
            self._lock.release()
        return True

    def close(self) -> None:
        """End the child, if there is one."""
        with self._lock:
            self._drop()

    def _drop(self) -> None:
        worker, self._worker = self._worker, None
        if worker:
            worker.stop()


def is_installed() -> bool:
    """Whether the optional packages are there; they are looked for, not imported."""
    return all(find_spec(name) is not None for name in NEEDED)
