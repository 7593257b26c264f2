#!/usr/bin/env bash
# Writes requirements/*.txt from pyproject.toml: exact versions with hashes, no address of any registry.
# Needs uv (on PATH, or fetched into .tools by pip). Keeps versions already locked; `make lock UPGRADE=1` lifts them.
set -euo pipefail
cd "$(dirname "$0")/.."

uv=$(command -v uv || true)
if [ -z "$uv" ]; then
    python3 -m venv .tools/uv && .tools/uv/bin/pip install --quiet uv
    uv=.tools/uv/bin/uv
fi

compile() { # file, then what goes into it
    local out=$1
    shift
    "$uv" pip compile "$@" --output-file "$out" --quiet --python-version 3.11 \
        --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
        ${UPGRADE:+--upgrade}
    if grep -nE '://|^ *(--(extra-)?index-url|--find-links|-[if]) ' "$out"; then
        echo "lock: $out carries an address, see above" >&2
        exit 1
    fi
    echo "lock: $out, $(grep -c '==' "$out") packages"
}

compile requirements/app.txt pyproject.toml --group build
compile requirements/dev.txt pyproject.toml --group build --group dev --constraint requirements/app.txt
compile requirements/bench.txt requirements/bench.in # what benchmarks measure against, in an environment of its own
