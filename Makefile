# Every habit of the project is one target; each is one line that can be typed without make too.
PYTHON ?= python3
BIN := .venv/bin
GENERATED := README.md docs/guide.md docs/method.md
SAMPLE := --sample --school "Inter-American Staff College of San Telmo" --ocr never --as-of 2026-11-21 -o reports/sample

.DEFAULT_GOAL := help

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: .venv/ready ## Audit the sample school into reports/sample
	@$(BIN)/imetaudit audit $(SAMPLE)

test: .venv/ready ## Run all tests
	@$(BIN)/python -m pytest -q -n auto --dist loadfile

lint: .venv/ready ## Run linters, type checks and the checks of the data files
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/interrogate -q imetaudit
	$(BIN)/cog --check $(GENERATED)
	$(BIN)/imetaudit check

golden: .venv/ready ## Write the committed report on the sample school anew
	rm -rf reports/sample
	@$(BIN)/imetaudit audit $(SAMPLE) --quiet

docs: .venv/ready ## Write the generated parts of README and docs anew
	$(BIN)/python -c "import json, pathlib; from imetaudit.results import json_schema; pathlib.Path('docs/result.schema.json').write_text(json.dumps(json_schema(), indent=1, ensure_ascii=False) + '\n', encoding='utf-8')"
	$(BIN)/cog -r $(GENERATED)

bench: .venv/ready ## Measure cost against peers in the same run, into docs/performance.md
	$(BIN)/python tests/bench/run.py all --write

fuzz: .venv/ready ## Change 20,000 files and check what is promised of each; CASES=, FROM= for others
	$(BIN)/python tests/fuzz/run.py $(or $(CASES),20000) --from $(or $(FROM),100000)

.PHONY: help demo test lint golden docs bench fuzz
