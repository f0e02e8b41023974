# mailflow: `make demo` shows it, `make test` proves it.
PYTHON ?= python3
UV ?= uv
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# Two workers pay from two cores on; a run over chosen tests (PYTEST_ARGS) says what it wants itself.
PYTEST_ARGS ?= -n 2 --dist worksteal

.PHONY: demo test check format bench docs lock clean

demo: $(STAMP)
	$(BIN)/mailflow demo

test: $(STAMP)
	sh tests/system-packages.sh
	$(BIN)/pytest $(PYTEST_ARGS)

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -q -p no:randomly tests/test_architecture.py

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(STAMP)
	$(BIN)/python -m benchmarks

# Draws the state machines again; a test notices when this was forgotten.
docs: $(STAMP)
	$(BIN)/python -c 'from mailflow.model.diagram import page; print(page(), end="")' > docs/states.md

# Pins every package with its hashes for every platform; holds no host name and no path.
lock:
	$(UV) pip compile --universal --all-extras --group dev pyproject.toml --upgrade \
	  --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	  --no-emit-find-links --quiet --output-file requirements.lock

$(STAMP): requirements.lock pyproject.toml tests/python-environment.sh
	PYTHON="$(PYTHON)" sh tests/python-environment.sh $(VENV)

clean:
	rm -rf $(VENV) .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache .demo dist build
