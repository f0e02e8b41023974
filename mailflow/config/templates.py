"""The templates as they lie on disk: those that come with mailflow, overridden by the owner's."""

from pathlib import Path

from mailflow.errors import ConfigError

PACKAGED = Path(__file__).parent.parent / "_templates"
CHECKOUT = Path(__file__).parent.parent.parent / "templates"
SUFFIX = ".j2"


def read_templates(folder: Path | None) -> dict[str, str]:
    """Template name to source. Raises ConfigError for a folder or file that cannot be read."""
    sources = _read(PACKAGED if PACKAGED.is_dir() else CHECKOUT)
    if folder is not None:
        if not folder.is_dir():
            raise ConfigError([f"templates.folder: {folder} is not a folder; make it or fix it."])
        sources |= _read(folder)
    return sources


def _read(folder: Path) -> dict[str, str]:
    try:
        return {
            path.name.removesuffix(SUFFIX): path.read_text(encoding="utf-8")
            for path in sorted(folder.glob(f"*{SUFFIX}"))
        }
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError([f"templates.folder: a template cannot be read: {error}"]) from None
