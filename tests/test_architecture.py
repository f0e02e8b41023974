"""The import rules of mailflow, as data. Places touch the world; -ing packages are pure."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "mailflow"
PURE = {"reading", "deciding", "drafting", "approving", "measuring"}
PLACES = {"account", "inbox", "scanner", "store", "outbox"}
SHELL = {"tick", "daemon", "cli", "demo", "logs", "__main__"}
BASE = {"errors", "model"}

# package or top-level module -> what of mailflow it may import, besides itself
MAY_IMPORT: dict[str, set[str]] = {
    "__init__": set(),
    "errors": set(),
    "model": {"errors"},
    "config": BASE,
    **dict.fromkeys(PURE, BASE),
    "faults": set(),
    "logs": set(),
    "account": BASE | {"config", "faults"},
    "inbox": BASE | {"config", "account"},
    "outbox": BASE | {"config", "account"},
    "scanner": BASE | {"config", "faults"},
    "store": BASE | {"config"},
    "tick": BASE | {"config", "faults"} | PURE | PLACES,
    "daemon": BASE | {"config", "tick", "logs", "__init__"} | PURE | PLACES,
    "demo": BASE | {"config", "tick", "daemon", "logs", "__init__"} | PURE | PLACES,
    "cli": BASE | {"config", "tick", "daemon", "demo", "logs", "__init__"} | PURE | PLACES,
    "__main__": {"cli"},
}

SIGHT = {"rapidocr", "onnxruntime", "numpy", "cv2", "PIL", "pi_heif", "pypdfium2", "zxingcpp"}

# outside library -> the only parts that may import it
ONLY_IN: dict[str, set[str]] = {
    "imapclient": {"account"},
    "imaplib": {"account"},
    "smtplib": {"account"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "jinja2": {"drafting"},
    "schedule": {"daemon"},
    "email_validator": {"model"},
    "typer": {"cli"},
    "rich": {"cli", "demo"},
    "pymap": {"demo"},
    "aiosmtpd": {"demo"},
    "socket": PLACES | SHELL,
    "ssl": PLACES | SHELL,
    "selectors": PLACES | SHELL,
    "subprocess": {"account", "cli", "demo", "scanner"},
    **{library: {"scanner"} for library in SIGHT},
    "time": PLACES | SHELL,
    "random": PLACES | SHELL,
    "secrets": PLACES | SHELL,
    "os": PLACES | SHELL | {"config", "faults"},
    "threading": PLACES | SHELL,
    "multiprocessing": {"tick"},
    "marshal": {"tick"},
    "structlog": PLACES | SHELL,
}


def imports_of(path: Path) -> set[str]:
    """Every dotted name the module imports, at any depth of nesting."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write absolute imports"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    parts = parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts
    return ".".join(("mailflow", *parts))


FILES = sorted(ROOT.rglob("*.py"))
MODULES = {name_of(path): imports_of(path) for path in FILES}


def part(dotted: str) -> str:
    name = dotted.split(".")[1] if "." in dotted else "__init__"
    return "__init__" if name == "__version__" else name


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_what_its_layer_may(module: str) -> None:
    inside = {part(name) for name in MODULES[module] if name.split(".")[0] == "mailflow"}
    assert inside - {part(module)} - MAY_IMPORT[part(module)] == set()


@pytest.mark.parametrize("module", MODULES)
def test_an_outside_library_is_used_only_where_it_belongs(module: str) -> None:
    outside = {name.split(".")[0] for name in MODULES[module]}
    assert [lib for lib in outside if part(module) not in ONLY_IN.get(lib, {part(module)})] == []


def module_behind(name: str) -> str | None:
    """The mailflow module a dotted name lives in: mailflow.errors.Refused -> mailflow.errors."""
    while name and name not in MODULES:
        name = name.rpartition(".")[0]
    return name or None


def test_there_are_no_import_cycles() -> None:
    graph = {
        module: {found for name in names if (found := module_behind(name)) and found != module}
        for module, names in MODULES.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as cycle:
        pytest.fail(" -> ".join(cycle.args[1]))


@pytest.mark.parametrize("path", FILES, ids=str)
def test_no_module_outgrows_a_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 250


@pytest.mark.parametrize("path", FILES, ids=str)
def test_no_function_outgrows_a_screen(path: Path) -> None:
    functions = (
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    assert [f.name for f in functions if (f.end_lineno or 0) - f.lineno >= 60] == []


@pytest.mark.parametrize("path", FILES, ids=str)
def test_every_module_opens_with_a_sentence(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not text.strip() or ast.get_docstring(ast.parse(text))
