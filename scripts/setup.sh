#!/usr/bin/env bash
# Makes .venv from the lock: scripts/setup.sh app|dev. Installs nothing outside this checkout; needs no root.
# A stamp with the hash of the lock makes a second call cheap. Several ways lead there; the first that works is taken.
set -uo pipefail
cd "$(dirname "$0")/.."

part=${1:-dev}
lock=requirements/$part.txt
stamp=.venv/.locked-$part
hash_of() { cat "$1" scripts/setup.sh | sha256sum | cut -d' ' -f1; }
want=$(hash_of "$lock")
[ -x .venv/bin/gongjiang ] && [ "$(cat "$stamp" 2>/dev/null)" = "$want" ] && exit 0

log=$(mktemp)
trap 'rm -f "$log"' EXIT
export UV_PYTHON_DOWNLOADS=never UV_NO_PROGRESS=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
unset VIRTUAL_ENV PYTHONHOME PYTHONPATH

python=
for candidate in "${PYTHON:-}" .venv/bin/python python3.11 /usr/bin/python3.11 python3 python; do
    # A shim may be on PATH and still refuse to run: ask, don't look.
    if [ -n "$candidate" ] && "$candidate" -c 'import sqlite3, ssl, sys, venv; assert sys.version_info[:2] == (3, 11)' 2>/dev/null; then
        python=$("$candidate" -c 'import sys; print(sys._base_executable or sys.executable)')
        break
    fi
done
if [ -z "$python" ]; then
    echo "需要 Python 3.11（Debian：apt install python3.11）。" >&2
    echo "Python 3.11 is needed (Debian: apt install python3.11)." >&2
    exit 1
fi

bare_venv() { [ -x .venv/bin/python ] || "$python" -m venv --without-pip .venv; }
with_uv() { # $1: uv
    [ -x .venv/bin/python ] || "$1" venv --quiet --python "$python" .venv || return
    "$1" pip install --quiet --python .venv/bin/python --require-hashes -r "$lock" &&
        "$1" pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation -e .
}
with_pip() { # the command that is pip
    "$@" install --quiet --no-warn-script-location --require-hashes -r "$lock" &&
        "$@" install --quiet --no-warn-script-location --no-deps --no-build-isolation -e .
}

way_uv() { command -v uv >/dev/null && uv --version >/dev/null && with_uv uv; }
way_venv() { # Python's own pip, where Debian's python3.11-venv is installed
    bare_venv && { .venv/bin/python -m pip --version || .venv/bin/python -m ensurepip; } &&
        with_pip .venv/bin/python -m pip
}
way_system_pip() { # Debian's python3-pip, working upon our environment
    "$python" -m pip --version && bare_venv && with_pip "$python" -m pip --python .venv/bin/python
}
way_debian_wheel() { # pip's wheel out of Debian's own package, unpacked beside us and checked by apt's keys
    command -v apt-get >/dev/null && mkdir -p .tools/apt/lists/partial .tools/apt/cache/archives/partial || return
    local apt=(apt-get -qq -o Dir::State="$PWD/.tools/apt" -o Dir::State::status=/var/lib/dpkg/status
        -o Dir::Cache="$PWD/.tools/apt/cache" -o APT::Sandbox::User=)
    "${apt[@]}" update && (cd .tools/apt && "${apt[@]}" download python3-pip-whl && dpkg -x python3-pip-whl_*.deb root) &&
        bare_venv && with_pip .venv/bin/python "$(echo .tools/apt/root/usr/share/python-wheels/pip-*.whl)/pip"
}
way_uv_installer() { # uv's documented installer, from its vendor's site, kept inside this checkout
    if [ ! -x .tools/uv-bin/uv ]; then
        curl --proto '=https' --tlsv1.2 -LsSf --connect-timeout 10 https://astral.sh/uv/install.sh |
            env UV_UNMANAGED_INSTALL="$PWD/.tools/uv-bin" sh || return
    fi
    with_uv .tools/uv-bin/uv
}

ways="way_uv way_venv way_system_pip way_debian_wheel way_uv_installer"
# uv doesn't read pip's configuration: where that names an index of its own, pip goes first.
if [ -n "${PIP_INDEX_URL:-}" ] || grep -qsE '^ *(extra-)?index-url' /etc/pip.conf ~/.pip/pip.conf ~/.config/pip/pip.conf; then
    ways="way_venv way_system_pip way_debian_wheel way_uv way_uv_installer"
fi

echo "准备运行环境 .venv（$lock）… / preparing .venv, a minute or two the first time"
for way in $ways; do
    echo "== $way" >>"$log"
    if "$way" >>"$log" 2>&1 && [ -x .venv/bin/gongjiang ]; then
        echo "$want" >"$stamp"
        # What runs the tests also serves: the lock of the one holds the lock of the other.
        [ "$part" = dev ] && hash_of requirements/app.txt >.venv/.locked-app
        exit 0
    fi
done

tail -n 60 "$log" >&2
cat >&2 <<'END'
未能建立运行环境，以上是各种办法的记录。请安装 Debian 软件包 python3.11-venv（apt install python3.11-venv）后再试，
或检查能否访问 Python 软件源（代理、证书、pip 设置）。
No way to an environment worked, see above. Install Debian's python3.11-venv (apt install python3.11-venv) and try again,
or see whether the Python package index can be reached (proxy, certificates, pip's settings).
END
exit 1
