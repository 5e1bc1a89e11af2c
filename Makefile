# Two commands matter: `make run` (set up, ingest the sample documents) and `make test` (set up, pass all tests).
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test docs lint lock wheel bench fuzz faults sbom clean

run: .venv/run
	$(BIN)/zhen ingest corpora/ --out outputs/sample

test: .venv/dev
	$(BIN)/python -m pytest

# The documentation site, into build/site; to search in it: python -m http.server -d build/site
docs: .venv/dev
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet --strict

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check pipeline tests benchmarks corpora training
	$(BIN)/mypy
	$(BIN)/python -m pipeline.curate.regional --check
	$(BIN)/zhen gazetteer lint

# What `make run` needs, from a lock with hashes.
.venv/run: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

# What the tests and checks need on top.
.venv/dev: .venv/run requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

# Made anew after a change of the dependencies in pyproject.toml (needs uv).
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header \
		--extra ocr --group build pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header \
		--extra ocr --group build --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

wheel: .venv/dev
	rm -rf dist
	$(BIN)/python -m build --wheel --no-isolation --outdir dist .

# Speed, memory and sameness; goes on where it was stopped. Writes docs/benchmarks.md. BENCH="--corpora FOLDER --parts chains" and the like.
bench: .venv/dev
	$(BIN)/python benchmarks/run_all.py $(BENCH)

# Damaged and hostile files, at least 2000; goes on where it was stopped. Writes docs/reliability.md.
fuzz: .venv/dev
	$(BIN)/python benchmarks/fuzz.py

# Runs killed 200 times, full disks, stops; goes on where it was stopped. Writes docs/reliability.md.
faults: .venv/dev
	$(BIN)/python benchmarks/faults.py

# What is locked, with hashes and licences, as CycloneDX JSON.
sbom: .venv/run
	mkdir -p dist
	$(BIN)/python benchmarks/sbom.py > dist/sbom.json

clean:
	rm -rf .venv dist build outputs/sample
