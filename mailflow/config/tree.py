"""The parsed file as a tree: finding values by dotted key, and naming the keys nobody knows."""

from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from mailflow.config.settings import REFUSED, SETTINGS

Tree = Mapping[str, Any]


def at(tree: Tree, key: str) -> Any:
    """The value at a dotted key, None if there is none."""
    here: Any = tree
    for name in key.split("."):
        here = here.get(name) if isinstance(here, dict) else None
    return here


def is_reachable(tree: Tree, key: str) -> bool:
    """False when something above the key is not a section."""
    names = key.split(".")[:-1]
    above = (at(tree, ".".join(names[: n + 1])) for n in range(len(names)))
    return all(section is None or isinstance(section, dict) for section in above)


def known_keys(accounts: Collection[str]) -> list[str]:
    """Every dotted key that may be set, for these accounts."""
    return [
        setting.key.replace("*", name)
        for setting in SETTINGS
        for name in (accounts or ["main"] if "*" in setting.key else [""])
    ]


def unknown(tree: Tree, known: Collection[str], section: str = "") -> Iterator[str]:
    """A sentence for each key nobody knows, and for sections and values in each other's place."""
    sections = set(_sections(known))
    for name, value in tree.items():
        key = f"{section}.{name}" if section else name
        if key in sections:
            if isinstance(value, dict):
                yield from unknown(value, known, key)
            else:
                yield f"{key}: is a section, not a value; write [{key}] and its keys below."
        elif key in known:
            if isinstance(value, dict):
                yield f"{key}: is a value, not a section; write {name} = … under [{section}]."
        elif section != "accounts":  # whose names are the owner's, and checked as such
            yield f"{key}: {_advice(key, [*known, *sections])}"


def _sections(known: Collection[str]) -> Iterator[str]:
    for key in known:
        names = key.split(".")
        yield from (".".join(names[:n]) for n in range(1, len(names)))


def _advice(key: str, known: Collection[str]) -> str:
    """What to write instead: the nearest name in the same section, else in another."""
    section, _, name = key.rpartition(".")
    if name in REFUSED:
        return f"{REFUSED[name]}."
    beside = {k.rpartition(".")[2]: k for k in known if k.rpartition(".")[0] == section}
    near = [beside[found] for found in get_close_matches(name, beside, n=1)]
    near += [k for k in known if k.rpartition(".")[2] == name]
    near += get_close_matches(key, known, n=1, cutoff=0.7)
    hint = f"did you mean {near[0]}?" if near else "take it out."
    return f"is not a setting; {hint}"
