# PYTHON=python3.12 chooses the Python of a new .venv, ARGS="-k words" goes to pytest.
BIN = .venv/bin
CASE = cases/published/farmer-field-schools.yaml

.PHONY: demo test slow lint clean

demo: .venv/installed
	@$(BIN)/partnerrules check $(CASE) --unknown ignore --exit-zero
	@echo
	@echo "The case:  $(CASE)"
	@echo "Next, try: $(BIN)/partnerrules explain $(CASE) PAR-01"

test: .venv/installed-dev
	$(BIN)/pytest $(ARGS)

slow: .venv/installed-dev
	.ci/slow

lint: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict
	$(BIN)/lint-imports

clean:
	rm -rf .venv build dist *.egg-info .hypothesis
	rm -rf .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

.venv/installed: setup.cfg
	@sh .ci/install .venv
	@touch $@

.venv/installed-dev: setup.cfg
	@sh .ci/install .venv dev
	@touch $@ .venv/installed
