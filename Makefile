# `make demo` and `make test` are all a newcomer needs; the rest is for those who change the code.
PYTHON ?= python3
VENV := .venv
TO ?= production
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: setup install demo test kill fuzz simulate lint lint-page bench glance coverage messages pins clean

setup: $(STAMP)

NEW_ENOUGH = @$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
  { echo "nps-bot needs Python 3.11 or later: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }

$(STAMP): requirements-dev.txt pyproject.toml
	$(NEW_ENOUGH)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# What runs in production, and nothing else: `make install TO=/opt/nps-bot` puts it elsewhere, and once more upgrades it.
install:
	$(NEW_ENOUGH)
	$(PYTHON) -m venv $(TO)
	$(TO)/bin/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements.txt
	@rm -rf build  # modules of an older release may lie there, and would be installed too
	$(TO)/bin/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps --force-reinstall .
	@rm -rf build
	@# Some libraries bring their own tests along.
	find $(TO)/lib -path '*/site-packages/*' -type d '(' -name tests -o -name testing ')' -prune -exec rm -r {} +
	@# Compiled is what `serve` imports; to compile all that the libraries hold would take 40 MB.
	$(TO)/bin/python -I -c 'import bot.shell.doing.serving'
	$(TO)/bin/python -m pip uninstall --quiet --yes pip setuptools  # the next `make install` brings pip back
	@echo "Installed: $(TO)/bin/nps-bot"

demo: setup
	$(BIN)/nps-bot demo

# All but the slow ones, in about three minutes on two cores. A file is slow when its tests take over a third of a second of
# processor time each (weeks, kills, floods, attacks, whole journeys), and what speaks to PostgreSQL outside tests/storage.
# `make test TESTS=` runs those too, as CI does; who changes a room runs all of its tests: .venv/bin/pytest tests/waves.
# More workers than processors: many wait for a server. Not many more: each imports and collects everything.
# Python keeps what it compiled, whatever it is told elsewhere.
TESTS ?= -m "not slow"
test: export PYTHONDONTWRITEBYTECODE =
test: setup
	$(BIN)/pytest -n 3 --dist worksteal $(TESTS)

# kill -9, sixty times over a wave on each database, with Slack in every trouble; then at each point of a case, an overdue
# notice, an action, a letter under an anonymous comment and a webhook's event, the receiver's too: about six minutes.
kill: setup
	$(BIN)/pytest -n 2 tests/journeys/kill_for_long.py tests/deaths/*_for_long.py

# Hostile requests to the app on SQLite and on PostgreSQL: make fuzz NPS_FUZZ_REQUESTS=10000 NPS_FUZZ_SEED=7.
# The same seed makes the same requests. A hundred thousand take about half an hour, ten thousand two minutes.
fuzz: export NPS_FUZZ_REQUESTS ?= 100000
fuzz: export NPS_FUZZ_SEED ?= 20261123
fuzz: setup
	$(BIN)/pytest -n 2 tests/attacks/fuzz_for_long.py

# Weeks of two companies on each database, in which anything happens in an order of chance: about ten minutes.
# A failure prints its steps and its seed: make simulate NPS_SIMULATION_SEED=7 makes the same steps again.
simulate: export NPS_SIMULATION_EXAMPLES ?= 100
simulate: setup
	$(BIN)/pytest -n 2 tests/simulation

lint: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/deptry tests --exclude '\.venv' --ignore DEP002 --non-dev-dependency-groups dev \
	  --known-first-party bot --known-first-party scoring --known-first-party storage --known-first-party tests
	$(BIN)/python -m storage.migrate check
	@$(MAKE) --no-print-directory lint-page

# The JavaScript of the pretend Slack's page. What checks it is no part of the project, and stands in .ci/page/package.json.
PAGE := $(VENV)/page
PAGE_FILES := bot/sandbox/page/*.js bot/sandbox/page/*.ts
lint-page: setup
ifeq ($(shell sh -c 'command -v npm'),)
	@echo "The page's JavaScript was not checked: install Node.js with npm (Debian: apt-get install npm) to check it."
else
	@$(MAKE) --no-print-directory $(PAGE)/.installed
	$(PAGE)/node_modules/.bin/biome lint --config-path=.ci/page/lint.json --error-on-warnings $(PAGE_FILES)
	$(PAGE)/node_modules/.bin/tsc --project .ci/page/tsconfig.json
endif

$(PAGE)/.installed: .ci/page/package.json
	@mkdir -p $(PAGE)
	@cp $< $(PAGE)/
	npm install --prefix $(PAGE) --silent --no-package-lock --no-audit --no-fund --ignore-scripts
	@touch $@

# Each part runs, whatever another one misses; a miss fails at the end.
define measured
	@missed=; for part in $(1); do $(BIN)/python -m tests.bench.$$part || missed="$$missed $${part%% *}"; done; \
	  if [ -n "$$missed" ]; then echo "MISSED in:$$missed"; exit 1; fi
endef

# Every figure beside its own reference, on both databases: about half an hour.
# With NPS_BENCH_JSON=FILE each part adds a line of JSON to the file.
bench: setup
	$(call measured,__main__ importing waves starting crowd replays reading surveys follow_up closing erasing clock)

# The same with less of each, in eight minutes, as CI prints it.
glance: setup
	$(call measured,"__main__ --rounds 3" "importing --rows 200000 --rounds 3 --wide-rows 20000" \
	  "waves --rounds 1 --no-send" "starting --rounds 5" "crowd --seconds 5" "replays --rounds 4" \
	  "reading --answers 100000" "surveys --surveys 1000" "follow_up --cases 20000" \
	  "closing --people 10000" "erasing --people 5000" "clock --waves 200")

# How often an interval holds the true value, how often a verdict cries wolf, and what it finds: minutes.
coverage: setup
	$(BIN)/python -m tests.scoring.simulations.coverage
	$(BIN)/python -m tests.scoring.simulations.false_alarms
	$(BIN)/python -m tests.scoring.simulations.twice
	$(BIN)/python -m tests.scoring.simulations.arrivals
	$(BIN)/python -m tests.scoring.simulations.teams

# Bring the catalogs of both languages up to the sentences in the code.
messages: setup
	$(BIN)/python -m bot.wording

# Write the pinned requirements again, with hashes, after a change in pyproject.toml.
pins: setup
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url --group dev pyproject.toml -o requirements-dev.txt --constraints requirements.txt

clean:
	rm -rf $(VENV) production build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
