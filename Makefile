# `make demo` and `make test` do all their own set-up; they need Python 3.11+ and make, nothing else.
PYTHON ?= python3
VENV   ?= .venv
BIN     = $(VENV)/bin
DATA   ?= ../shared/data

.PHONY: demo test check gate bench fuzz docs train train-open clean
.DEFAULT_GOAL = test

$(VENV)/.ready: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Sayso needs Python 3.11 or newer; run make PYTHON=python3.11"; exit 1; }
	@echo "setting up $(VENV) …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

demo: $(VENV)/.ready
	@rm -rf build/demo && mkdir -p build/demo
	@$(BIN)/sayso read examples/coach examples/takeover --metadata examples/metadata.csv --db build/demo/sayso.db
	@SAYSO_DB=build/demo/sayso.db PATH=$(BIN):$$PATH sh examples/demo.sh

test: $(VENV)/.ready
	@$(BIN)/python -m pytest

check: $(VENV)/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m docs.build --check
	$(BIN)/python -m pytest
	$(BIN)/python -m gate --all --data $(DATA)

gate: $(VENV)/.ready
	@$(BIN)/python -m gate --all --data $(DATA)

bench: $(VENV)/.ready
	@$(BIN)/python -m bench
	@$(BIN)/python -m bench.many
	@$(BIN)/python -m bench.copies
	@$(BIN)/python -m bench.stories
	@$(BIN)/python -m bench.ledger
	@$(BIN)/python -m bench.pages

fuzz: $(VENV)/.ready
	@$(BIN)/python -m tests.fuzz --minutes $(or $(MINUTES),10)

docs: $(VENV)/.ready
	@$(BIN)/python -m docs.build && $(BIN)/python -m docs.picture && $(BIN)/python -m docs.running

train: $(VENV)/.ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r training/requirements.txt
	@$(BIN)/python -m training --data $(DATA)

train-open: $(VENV)/.ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r training/requirements.txt
	@$(BIN)/python -m training --open --data $(DATA)

clean:
	rm -rf $(VENV) build dist
