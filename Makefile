# Two commands: `make run` and `make test`. Both set up their own .venv from the locked versions and hashes.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOME_DIR ?= tarmim-home
SHARED ?= ../shared

.PHONY: run test test-all ui bench compiled answers model lint lock clean

run: $(VENV)/run.stamp
	$(BIN)/tarmim run examples/landing --home $(HOME_DIR)
	@echo
	@echo "A worked query: sql/queries/casualties_by_claimant.sql"
	$(BIN)/tarmim query --file sql/queries/casualties_by_claimant.sql --home $(HOME_DIR)
	@echo "Warehouse: $(HOME_DIR)/warehouse.duckdb"

test: $(VENV)/dev.stamp
	$(BIN)/python -m pytest -n 2 --dist loadfile

# Also what needs system programs; installs them (Debian) and leaves no test skipped.
test-all: $(VENV)/dev.stamp
	command -v chromium >/dev/null || { apt-get update && apt-get install -y --no-install-recommends chromium; }
	$(BIN)/python -m pytest -n 2 --dist loadfile --system --no-skips

ui: $(VENV)/run.stamp
	$(BIN)/tarmim ui --home $(HOME_DIR)

bench: $(VENV)/dev.stamp
	-$(BIN)/python -m pipeline.compiled
	$(BIN)/python -m benchmarks

# Extraction turned into C where a C compiler is: the same results sooner. To be said again after an edit; until then the plain modules run.
compiled: $(VENV)/dev.stamp
	$(BIN)/python -m pipeline.compiled

# docs/restoration.md from the passes, docs/answers.md and docs/dictionary.md from the example articles.
answers: $(VENV)/run.stamp
	$(BIN)/python -m pipeline.restore.contents docs/restoration.md
	$(BIN)/tarmim run examples/landing --home build/answers
	$(BIN)/python -m pipeline.storage.answers build/answers docs/answers.md
	$(BIN)/tarmim tables --docs docs --home build/answers

# Counts and weights of the language model, from the named corpora.
model: $(VENV)/dev.stamp
	$(BIN)/python -m pip install --quiet -e .[build]
	$(BIN)/python -m pipeline.lexicon.build.language_model --corpus $(SHARED)/corpus
	$(BIN)/python -m pipeline.lexicon.build.figures --corpus $(SHARED)/corpus
	$(BIN)/python -m pipeline.lexicon.build.number_contexts --corpus $(SHARED)/corpus
	$(BIN)/python -m pipeline.lexicon.build.sources --corpus $(SHARED)/corpus

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lock:
	uv pip compile pyproject.toml --no-strip-extras --extra install --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url -q -o locks/run.txt
	uv pip compile pyproject.toml --no-strip-extras --extra install --extra dev --extra browser --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url -q -o locks/dev.txt

clean:
	rm -rf $(VENV) $(HOME_DIR) build *.egg-info

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Tarmim needs Python 3.11 or newer; say make PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: locks/run.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r locks/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q pipeline assets sql
	touch $@

$(VENV)/dev.stamp: locks/dev.txt $(VENV)/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r locks/dev.txt
	touch $@
