#!/usr/bin/env bash
# Serves the sample installation for `make run`, and sees to it that stopping is quiet: exit 0, no traceback, nothing left.
cd "$(dirname "$0")/.." || exit 1

if [ -t 0 ]; then
    # At a terminal the server gets a process group of its own, so that Ctrl-C reaches it and not make, which would complain.
    set -m
    .venv/bin/gongjiang serve --sample
    code=$?
else
    .venv/bin/gongjiang serve --sample &
    server=$!
    trap 'kill -TERM "$server" 2>/dev/null' INT TERM HUP
    # A signal sent to make alone does not reach its children; make then waits for them and says nothing. So once make
    # is gone, or no longer catches the SIGINT it caught at first (it has got one), the server is told to stop.
    waiting() {
        local parent mask
        read -r _ _ _ parent _ <"/proc/$$/stat" && [ "$parent" = "$PPID" ] || return
        mask=$(sed -n 's/^SigCgt:\s*//p' "/proc/$PPID/status" 2>/dev/null) && [ -n "$mask" ] && (((0x$mask >> 1) & 1))
    }
    if waiting; then
        (
            while waiting; do sleep 1; done
            kill -TERM "$server" 2>/dev/null
        ) &
        watch=$!
    fi
    wait "$server"
    code=$?
    while kill -0 "$server" 2>/dev/null; do # `wait` returns early when a signal is trapped
        wait "$server"
        code=$?
    done
    [ -z "${watch:-}" ] || kill "$watch" 2>/dev/null
fi
# 128+2 and 128+15: the server went by the signal that asked it to.
case $code in 130 | 143) exit 0 ;; *) exit "$code" ;; esac
