# make demo    install into .venv and show the first day of the summit
# make test    install what the tests need and run every test
# make check   lint, format and types
# make stats   count modules, lines, cycles, tests beside their modules
# make mutants change the source a little, many times over, and print how much of that the tests notice
# make docs    write the table of commands, the reference and the man page, and draw the pictures, anew
# make bench   measure it, and what people would use instead
# make soak    every row of what must hold at its full count, into docs/reliability.md (half an hour)

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
NPM    := axe-core@4.14.1 html-validate@10.17.0
PIP    := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint constraints.txt

# The tests start thousands of processes; each would compile the program anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test check stats mutants docs bench soak build clean

demo: $(VENV)/.demo
	@$(BIN)/summit day 1 --schedule bundled
	@printf '\n. $(BIN)/activate    makes summit a command of this shell\n'

test: $(VENV)/.test
	$(BIN)/python -m pytest -n auto

check: $(VENV)/.check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

stats: $(VENV)/.test
	@$(BIN)/python -m scripts.stats

mutants: $(VENV)/.test
	$(BIN)/python -m scripts.mutants

docs: $(VENV)/.demo
	$(BIN)/python scripts/commands.py
	$(BIN)/python scripts/schema.py
	$(BIN)/python scripts/syllables.py
	$(BIN)/python scripts/reference.py
	$(BIN)/python scripts/pictures.py

bench: $(VENV)/.test
	$(BIN)/python bench/run.py

# A fuzzer that is not to be had for every system and every version of Python.
soak: $(VENV)/.test
	@$(PIP) atheris || echo 'Without inputs guided by coverage: atheris does not install here.'
	$(BIN)/python -m scripts.soak

build: $(VENV)/.check
	rm -rf dist
	$(BIN)/python -m build --outdir dist .

clean:
	rm -rf $(VENV) dist

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.demo: $(BIN)/python pyproject.toml constraints.txt
	@echo "Installing into $(VENV) …"
	$(PIP) --editable '.[all]'
	@touch $@

$(VENV)/.test: $(BIN)/python pyproject.toml constraints.txt
	$(PIP) --editable '.[test]'
	@npm install --silent --prefix $(VENV)/npm $(NPM) || echo 'Without axe-core and html-validate, which need npm.'
	@touch $@

$(VENV)/.check: $(BIN)/python pyproject.toml constraints.txt
	$(PIP) --editable '.[test,check]'
	@touch $@
