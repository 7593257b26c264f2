#!/usr/bin/env bash
# Proves the two commands on a fresh clone of HEAD in an empty environment:
#   make run: sets up, answers on its port, stops on the signal without noise; a second start is quick and keeps the data
#   make test
# scripts/fresh_clone.sh [run|test]; without an argument both.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
git clone --quiet . "$folder/clone"
mkdir "$folder/user"
cd "$folder/clone"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
empty=(env -i HOME="$folder/user" PATH="${FRESH_PATH:-/usr/local/bin:/usr/bin:/bin}" LANG=C.UTF-8 PORT="$port")
for name in SSL_CERT_FILE PIP_CERT http_proxy https_proxy no_proxy GONGJIANG_ALL; do
    [ -z "${!name:-}" ] || empty+=("$name=${!name}")
done

start_and_stop() { # how many seconds it may take to answer
    local begun=$SECONDS
    setsid "${empty[@]}" make run >"$folder/log" 2>&1 </dev/null &
    local make=$!
    until curl --silent --fail --output /dev/null "http://127.0.0.1:$port/"; do
        if ! kill -0 "$make" 2>/dev/null || [ $((SECONDS - begun)) -gt "$1" ]; then
            cat "$folder/log"
            echo "make run: no answer after $((SECONDS - begun)) s (allowed: $1)"
            kill -TERM -- "-$make" 2>/dev/null || true
            return 1
        fi
        sleep 0.2
    done
    echo "make run: answered after $((SECONDS - begun)) s"
    kill -INT -- "-$make"
    wait "$make" || true
    if curl --silent --output /dev/null "http://127.0.0.1:$port/"; then
        echo "make run: still answers after it was stopped"
        return 1
    fi
    if grep -nE 'Traceback|Error [0-9]+$' "$folder/log"; then return 1; fi
}

if [ "${1:-run}" = run ]; then
    start_and_stop 600
    cat "$folder/log"
    start_and_stop 5
    [ -z "$(git status --porcelain)" ] || { git status --short; echo "the clone is no longer clean"; exit 1; }
fi
[ "${1:-test}" != test ] || "${empty[@]}" make test </dev/null
