# `make demo` and `make test` set up all they need in .venv.
SUITS = import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
PYTHON ?= $(shell for python in python3 python3.12 python3.13 python3.11; do \
	$$python -c "$(SUITS)" 2> /dev/null && echo $$python && break; done)
BIN = .venv/bin
# Half of the time goes into building graphs, on one core.
PYTEST = $(BIN)/python -m pytest --numprocesses auto --maxprocesses 8 \
	--dist worksteal
BACKENDS = jax torch
# What `make test-backends` tests on; after `make test` two are enough.
TESTED = tensorflow $(BACKENDS)
export TF_CPP_MIN_LOG_LEVEL ?= 3

.PHONY: help demo test test-all test-backends bench format check clean

help:
	@echo "make demo           train a generator on the built-in catalogue"
	@echo "make test           the test suite (and its backend part on JAX"
	@echo "                    and torch, where they are installed)"
	@echo "make test-backends  install JAX and torch, test on all three"
	@echo "make test-all       everything, the slow tests too"
	@echo "make bench          measure, and write benchmarks/results"
	@echo "make format         format and sort imports"

.venv/bin/python:
	@test -n "$(PYTHON)" \
		|| { echo "keras_productgen needs Python 3.11 to 3.13"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.package: .venv/bin/python setup.cfg pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --constraint constraints.txt --editable .
	touch $@

.venv/.test: .venv/.package
	$(BIN)/pip install --quiet --constraint constraints.txt --editable .[test]
	touch $@

# On Linux pip may prefer a build of torch with gigabytes of CUDA libraries;
# the `+cpu` build does as well, where pip is set up to find it.
.venv/.backends: .venv/.test
	$(BIN)/pip install --quiet --constraint constraints.txt \
		--editable .[jax] "torch==2.13.0+cpu" \
	|| $(BIN)/pip install --quiet --constraint constraints.txt \
		--editable .[jax,torch]
	touch $@

demo: .venv/.package
	$(BIN)/productgen demo

test: .venv/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(PYTEST) -m "not slow"
	@for backend in $(BACKENDS); do \
		if $(BIN)/python -c "import $$backend" 2> /dev/null; then \
			echo "--- on $$backend"; \
			KERAS_BACKEND=$$backend $(PYTEST) \
				-m "backends and not slow" || exit 1; \
		fi; \
	done

test-backends: .venv/.backends
	@for backend in $(TESTED); do \
		echo "--- on $$backend"; \
		KERAS_BACKEND=$$backend $(PYTEST) \
			-m "backends and not slow" || exit 1; \
	done

test-all: .venv/.backends
	$(PYTEST)
	@for backend in $(BACKENDS); do \
		KERAS_BACKEND=$$backend $(PYTEST) -m backends \
			|| exit 1; \
	done

bench: .venv/.backends
	$(BIN)/pip install --quiet --constraint constraints.txt \
		--editable .[benchmarks]
	$(BIN)/python -m benchmarks

format: .venv/.test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf .venv demo build *.egg-info
