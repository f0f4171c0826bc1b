# The one door: every command that a person or CI runs on this repository. `make` alone lists them.

BIN := .venv/bin
RUNTIME := .venv/.runtime
DEV := .venv/.dev
E2E := .venv/.e2e
INSTALLED_BY := pyproject.toml uv.lock .ci/install .ci/constraints.py

.DEFAULT_GOAL := help
.PHONY: help build test check e2e mutations pictures bench fmt golden api docs lock clean

help: ## this list
	@sed -n 's/^\([a-z0-9]*\):.* ## /make \1|/p' Makefile | while IFS='|' read -r name what; do printf '%-12s %s\n' "$$name" "$$what"; done

build: $(RUNTIME) ## compile topology.yaml into build/: needs Python 3.11 with venv, nothing else
	@$(BIN)/kmtopo build

test: check ## static checks and every test that needs no daemon, browser or network
	$(BIN)/pytest -q -n auto

check: $(DEV) ## ruff, mypy --strict and the import contracts
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

e2e: $(E2E) ## the wheel in a clean environment, the picture in a browser, the stacks on Docker; installs what is missing
	@.ci/install machine
	$(BIN)/pytest -q -m e2e tests/e2e

mutations: $(DEV) ## ten thousand broken files, and all pairs of mistakes, instead of the hundreds that `make test` tries
	KMTOPO_MUTANTS=1000 KMTOPO_PAIRS=9999 $(BIN)/pytest -q tests/properties/test_mutations.py tests/properties/test_mistakes.py

pictures: $(DEV) ## every view of five hundred generated topologies, and of the largest, instead of the slice that `make test` draws
	KMTOPO_PICTURES=500 $(BIN)/pytest -q -n auto tests/properties/test_many_pictures.py tests/generators/test_diagram_scale.py

bench: $(DEV) ## measure against the goals: exits 1 where one is missed
	$(BIN)/python -m benchmarks

fmt: $(DEV) ## format the code and mend what ruff can mend
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

golden: $(DEV) ## write the golden outputs anew: read their diff
	$(BIN)/pytest -q -n auto --update-golden tests/golden

api: $(DEV) ## write the list of the public API anew
	$(BIN)/python tests/architecture/public_api.py > tests/architecture/public-api.txt

docs: $(DEV) ## write the reference pages and the README's picture anew
	$(BIN)/python docs/reference.py

lock: ## resolve uv.lock anew; needs uv
	uv lock --upgrade

clean: ## remove everything that these commands made
	rm -rf .venv build dist .kmtopo .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

$(RUNTIME): $(INSTALLED_BY)
	@.ci/install runtime
	@touch $@

$(DEV): $(INSTALLED_BY)
	@.ci/install dev
	@touch $@ $(RUNTIME)

$(E2E): $(DEV)
	@.ci/install e2e
	@touch $@
