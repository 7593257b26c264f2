#!/usr/bin/env bash
# Serves the sample installation for `make run`, and sees to it that stopping is quiet: exit 0, no traceback, nothing left.
# At a terminal the server gets a process group of its own, so that Ctrl-C reaches it and not make, which would complain.
cd "$(dirname "$0")/.." || exit 1
[ -t 0 ] && set -m

stop() { kill -TERM "$server" 2>/dev/null; }
trap stop INT TERM HUP

if [ -t 0 ]; then
    .venv/bin/gongjiang serve --sample
    code=$?
else
    # A signal sent to make alone does not reach its children, and make then waits for them in silence:
    # once make is gone or no longer catches SIGINT (it has got one), the server is told to stop.
    .venv/bin/gongjiang serve --sample &
    server=$!
    make=$PPID
    catches_int() { local mask; mask=$(sed -n 's/^SigCgt:\s*//p' "/proc/$make/status" 2>/dev/null) && [ -n "$mask" ] && (((0x$mask >> 1) & 1)); }
    if catches_int; then
        (while catches_int; do sleep 1; done; kill -TERM "$server" 2>/dev/null) &
        watch=$!
    fi
    wait "$server"
    code=$?
    # `wait` returns early when a signal is trapped: wait on for the server's own end.
    while kill -0 "$server" 2>/dev/null; do wait "$server"; code=$?; done
    [ -n "${watch:-}" ] && kill "$watch" 2>/dev/null
fi
# 128+2 and 128+15: the server went by the signal that asked it to.
case $code in 130 | 143) exit 0 ;; *) exit "$code" ;; esac
