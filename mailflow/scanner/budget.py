"""What one picture may cost, and how much of its time is left."""

from dataclasses import dataclass
from time import process_time

MAX_CARDS = 50


@dataclass(frozen=True, slots=True)
class Limits:
    """As the parent set them: processor time, memory, a picture's size, a PDF's length."""

    seconds: float
    megabytes: int
    megapixels: int
    pages: int


@dataclass(frozen=True, slots=True)
class Budget:
    """One picture's limits and when it was begun, an instant of `time.process_time`.

    Of the processor, not of the clock: on a busy machine a picture is read as well, only later.
    """

    limits: Limits
    begun_at: float

    def has_left(self, share: float) -> bool:
        """Whether less than this share of the time is used: what is optional asks first."""
        return process_time() - self.begun_at < share * self.limits.seconds
