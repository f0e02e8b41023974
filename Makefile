# mailflow: `make demo` shows it, `make test` proves it.
PYTHON ?= python3
UV ?= uv
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
SIGHT := $(VENV)/.installed-ocr
# Two workers pay from two cores on; a run over chosen tests (PYTEST_ARGS) says what it wants itself.
PYTEST_ARGS ?= -n 2 --dist worksteal

.PHONY: demo test check format bench docs picture lock clean

demo: $(STAMP)
	$(BIN)/mailflow demo

test: $(SIGHT)
	sh tests/system-packages.sh
	$(BIN)/pytest $(PYTEST_ARGS)

check: $(SIGHT)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -q -p no:randomly tests/test_architecture.py

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(SIGHT)
	$(BIN)/python -m benchmarks

# Draws the state machines again; a test notices when this was forgotten.
docs: $(STAMP)
	$(BIN)/python -c 'from mailflow.model.diagram import page; print(page(), end="")' > docs/states.md
	$(BIN)/python -c 'from pathlib import Path; from mailflow.model.diagram import redrawn; \
	  page = Path("docs/introductions.md"); page.write_text(redrawn(page.read_text()))'

# Draws the summary of the README's picture again, of a week that the service really lives through.
CHROMIUM ?= chromium
picture: $(STAMP)
	mkdir -p build
	$(BIN)/python -m tests.picture build/summary.html
	$(CHROMIUM) --headless --no-sandbox --disable-gpu --hide-scrollbars --no-first-run \
	  --disable-background-networking --blink-settings=preferredColorScheme=1 \
	  --user-data-dir=build/chromium --force-device-scale-factor=2 --window-size=640,1560 \
	  --screenshot=docs/summary.png file://$(CURDIR)/build/summary.html

# Pins every package with its hashes for every platform; holds no host name and no path. What reads
# pictures is large and has a file of its own, which names only what the first does not; of rapidocr
# its models are used and nothing else, so what its own code would need is left out.
PIN := $(UV) pip compile --universal pyproject.toml --upgrade --python-version 3.11 \
  --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --quiet
UNUSED := antlr4-python3-runtime certifi charset-normalizer colorlog omegaconf pyclipper pyyaml \
  requests shapely six tqdm urllib3

lock:
	$(PIN) --extra postgres --extra demo --group dev --output-file requirements.lock
	$(PIN) --extra ocr --constraint requirements.lock --output-file requirements-ocr.lock \
	  $$(sed -n 's/^\([A-Za-z0-9._-]*\)==.*/--no-emit-package \1/p' requirements.lock) \
	  $(UNUSED:%=--no-emit-package %)

$(STAMP): requirements.lock pyproject.toml tests/python-environment.sh
	PYTHON="$(PYTHON)" sh tests/python-environment.sh $(VENV)

$(SIGHT): $(STAMP) requirements-ocr.lock
	PYTHON="$(PYTHON)" sh tests/python-environment.sh $(VENV) ocr

clean:
	rm -rf $(VENV) .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache .demo dist build
