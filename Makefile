# Everything for a fresh machine: `make run` starts the product, `make test` runs every check and test.
# PORT, HOST, SELFCHECK_DATA and the other settings: docs/configuration.md.

# The first Python that is new enough; PYTHON=… names another.
CANDIDATES := $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11
FOUND := $(shell for p in $(CANDIDATES); do "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
WITH_PYTHON = $(if $(FOUND),,$(error Python 3.11 oder neuer fehlt. Debian/Ubuntu: sudo apt-get install python3 python3-venv))$(FOUND)

.PHONY: run demo test check bench screenshots clean

run: ## sets everything up and serves
	@$(WITH_PYTHON) setup/run.py

demo: ## three towns and two advisors to look around with, in a folder of their own
	@$(WITH_PYTHON) setup/demo.py

test: ## every check and every test; ARGS="tests/core -k route" narrows pytest
	@$(WITH_PYTHON) setup/tests.py test $(ARGS)

check: ## the checks without the tests
	@$(WITH_PYTHON) setup/tests.py check

bench: ## the benchmarks, see benchmarks/README.md
	@$(WITH_PYTHON) setup/tests.py bench $(ARGS)

screenshots: ## pictures of the main pages into build/screenshots
	@$(WITH_PYTHON) setup/tests.py screenshots $(ARGS)

clean: ## removes what was installed and built; the data in instance/ stays
	rm -rf .venv build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
