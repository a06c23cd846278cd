# Everything a newcomer needs: `make demo` and `make test` create the environment they run in.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test check soak bench wheelhouse deployment clean

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新的版本"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $(READY)

demo: $(READY)
	@$(BIN)/guizhang demo

test: check
	$(BIN)/python -m pytest -q -n 4 --dist loadfile

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/guizhang rulebook check
	$(BIN)/guizhang rulebook test

soak: $(READY)
	$(BIN)/python -m pytest -q -m soak

bench: $(READY)
	$(BIN)/python tests/bench/run.py

wheelhouse: $(READY)
	$(BIN)/python tests/deployment/wheelhouse.py wheelhouse

deployment: wheelhouse
	$(BIN)/python tests/deployment/drill.py wheelhouse

clean:
	rm -rf $(VENV) .bench .demo wheelhouse
