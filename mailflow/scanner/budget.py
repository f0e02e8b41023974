"""What one picture may cost, and how much of its time is left."""

from dataclasses import dataclass
from time import monotonic

MAX_CARDS = 50


@dataclass(frozen=True, slots=True)
class Limits:
    """As the parent set them: of the clock, of memory, of a picture's size, of a PDF's length."""

    seconds: float
    megabytes: int
    megapixels: int
    pages: int


@dataclass(frozen=True, slots=True)
class Budget:
    """One picture's limits and when it was begun, an instant of `time.monotonic`."""

    limits: Limits
    begun_at: float

    def has_left(self, share: float) -> bool:
        """Whether less than this share of the time is used: what is optional asks first."""
        return monotonic() - self.begun_at < share * self.limits.seconds
