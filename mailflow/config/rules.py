"""Rules between settings: each is broken by values that are fine one by one."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Rule:
    """`is_broken` is asked with the values of `keys`, when all of them could be read."""

    keys: tuple[str, ...]
    is_broken: Callable[..., bool]
    problem: str


RULES = (
    Rule(
        ("owner.addresses",),
        lambda own: len(set(own)) < len(own),
        "lists the same address twice; write each once",
    ),
    Rule(
        ("service.address", "owner.addresses"),
        lambda service, own: service in own,
        "is one of your own addresses, where your usual mail arrives; write a sub-address"
        " like “ada+mailflow@example.org” or an address of its own",
    ),
    Rule(
        ("policy.warn_after", "policy.follow_up_within"),
        lambda warn, within: warn >= within,
        "must be less than policy.follow_up_within; write a shorter time",
    ),
    Rule(
        ("policy.window_closes", "policy.window_opens"),
        lambda closes, opens: closes <= opens,
        "must be later than policy.window_opens; write a later time",
    ),
    Rule(
        ("policy.spacing_max", "policy.spacing_min"),
        lambda high, low: high < low,
        "must not be less than policy.spacing_min; write a longer time",
    ),
    Rule(
        ("policy.dormant_max", "policy.dormant_min"),
        lambda high, low: high < low,
        "must not be less than policy.dormant_min; write a longer time",
    ),
    Rule(
        ("policy.per_day", "policy.per_hour"),
        lambda day, hour: day < hour,
        "must not be less than policy.per_hour; write a higher number",
    ),
    Rule(
        ("retention.days", "retention.raw_days"),
        lambda days, raw: days < raw,
        "must not be less than retention.raw_days; write a higher number",
    ),
)


def broken(values: Mapping[str, Any]) -> Iterator[str]:
    """The problems between settings, by their dotted keys; keys that are missing are skipped."""
    for rule in RULES:
        if all(key in values for key in rule.keys) and rule.is_broken(
            *(values[key] for key in rule.keys)
        ):
            yield f"{rule.keys[0]}: {rule.problem}."
