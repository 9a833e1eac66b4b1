# Fieldproof. `make` prints what there is; stamp files make a second run install nothing.
SHELL := /bin/sh
.SHELLFLAGS := -eu -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

PYTHON ?= python3
SEED ?= 1
STEPS ?= 250
COUNT ?= 1
KILLS ?= 200

BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
PIP := $(BIN)/python -m pip install --quiet --no-input --require-hashes
LOCK := uv pip compile --quiet --no-header --universal --python-version 3.11 --generate-hashes

.PHONY: help run test browsers check gen sim kills bench features peers mutants proof pictures freeze fmt lock clean
help: ## print these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/.ok pwa/dist/.ok ## set up, build the app if it is stale, serve it at one address (PORT HOST DATA DATABASE_URL WORKERS TLS_CERT TLS_KEY)
	exec $(BIN)/python -m server

test: .venv/.dev-ok pwa/node_modules/.ok ## set up and run every check; ends with "N passed, N failed"
	exec $(BIN)/python -m tests.run_all test

browsers: .venv/.dev-ok pwa/dist/.ok .stamps/browsers ## the offline visit in Firefox ESR and WebKitGTK
	$(BIN)/python -m tests.other_browsers.installing
	exec $(BIN)/python -m pytest tests/other_browsers

check: .venv/.dev-ok pwa/node_modules/.ok ## only lint and types
	exec $(BIN)/python -m tests.run_all check

gen: .venv/.ok ## write the generated files (pwa/src/wire) from schemas/
	exec $(BIN)/python -m schemas.export

sim: .venv/.dev-ok pwa/node_modules/.ok ## play devices against the server core, under every fault (SEED STEPS COUNT)
	exec $(BIN)/python -m tests.simulation --seed "$(SEED)" --steps "$(STEPS)" --count "$(COUNT)"

kills: .venv/.dev-ok ## kill the server while phones push, on both databases (KILLS SEED)
	exec $(BIN)/python -m tests.kills --seed "$(SEED)" --kills "$(KILLS)"

bench: .venv/.dev-ok pwa/dist/.ok ## measure, and what this machine can at all; prints JSON lines
	exec $(BIN)/python -m bench

features: .venv/.dev-ok ## print the rules of the policy with their tests and where they are on screen; fails on a gap
	exec $(BIN)/python -m tests.features

peers: .venv/.dev-ok pwa/dist/.ok .stamps/peers ## measure beside Kinto, PouchDB, Actual, RxDB and Yjs (ROUNDS ONLY MEASURES); prints JSON lines
	$(BIN)/python -m bench.peers.installing
	exec $(BIN)/python -m bench.peers

mutants: .venv/.dev-ok ## mutate sync/ and list what no test notices (files changed since SINCE; everything with ALL=1)
	exec $(BIN)/python -m tests.mutants

proof: .venv/.dev-ok pwa/node_modules/.ok ## everything of `make test`, and the long runs
	exec $(BIN)/python -m tests.run_all proof

pictures: .venv/.dev-ok pwa/node_modules/.ok ## take the screenshots of README and user guide anew (docs/img, docs/guide/img)
	$(BIN)/python -m pytest tests/browser/test_readme_pictures.py
	mkdir -p docs/img && cp reports/phone.png reports/office.png docs/img/
	$(BIN)/python -m tests.browser.guide_pictures

freeze: .venv/.dev-ok pwa/node_modules/.ok ## keep what this VERSION leaves on phones and in offices, for later ones to read (tests/prior)
	exec $(BIN)/python -m tests.prior.freezing "$(VERSION)"

fmt: .venv/.dev-ok pwa/node_modules/.ok ## format and mend what the linters can mend
	ruff check --fix-only --quiet .
	ruff format --quiet .
	cd pwa && npm run --silent fmt

lock: .venv/.dev-ok ## resolve the dependencies anew (UPGRADE=1 takes newer versions)
	$(LOCK) $(if $(UPGRADE),--upgrade) --group build pyproject.toml -o requirements.lock
	$(LOCK) $(if $(UPGRADE),--upgrade) --group build --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean: ## remove what was built and installed; keeps DATA
	rm -rf .venv .browsers .peers pwa/node_modules pwa/dist .stamps reports mutants

# --- set-up ---
.stamps/run: .ci/debian-packages
	.ci/debian-packages run
	mkdir -p $(@D) && touch $@

.stamps/test: .ci/debian-packages
	.ci/debian-packages test
	mkdir -p $(@D) && touch $@

.stamps/peers .stamps/browsers: .ci/debian-packages
	.ci/debian-packages $(@F)
	mkdir -p $(@D) && touch $@

.venv/.ok: requirements.lock | .stamps/run
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP) -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-input --no-index --no-deps --no-build-isolation --editable .
	touch $@

.venv/.dev-ok: requirements-dev.lock .venv/.ok | .stamps/test
	$(PIP) -r requirements-dev.lock
	touch $@

pwa/node_modules/.ok: pwa/package-lock.json .venv/.ok
	cd pwa && npm install --no-save --loglevel=error
	touch $@

pwa/dist/.ok: pwa/node_modules/.ok $(shell find pwa/src pwa/public pwa/build pwa/*.* docs/guide -type f 2>/dev/null)
	cd pwa && npm run --silent build
	touch $@
