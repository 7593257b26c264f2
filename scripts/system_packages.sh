#!/usr/bin/env bash
# The Debian packages that the tests use, and no program of ours needs to run.
# As root installs what is missing; otherwise names it, with the command, and fails.
set -uo pipefail

declare -A needed=( # a program, and the package that brings it
    [chromium]=chromium
    [initdb]=postgresql
    [nginx]=nginx-light
    [soffice]=libreoffice-writer-nogui
    [pdftotext]=poppler-utils
)
present() { PATH="$PATH:/usr/sbin:/sbin" command -v "$1" >/dev/null || compgen -G "/usr/lib/postgresql/*/bin/$1" >/dev/null; }

missing=()
[ -e /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc ] || missing+=(fonts-noto-cjk) # Chinese in Chromium
compgen -G '/usr/lib/*/libatomic.so.1' >/dev/null || missing+=(libatomic1) # Playwright's driver
for program in "${!needed[@]}"; do present "$program" || missing+=("${needed[$program]}"); done
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "缺少系统软件包 / system packages missing: ${missing[*]}" >&2
    echo "  sudo apt-get install --no-install-recommends ${missing[*]}" >&2
    exit 1
fi
export DEBIAN_FRONTEND=noninteractive
echo "安装系统软件包 / installing system packages: ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for try in 1 2 3; do # a mirror in the midst of an update, a lock held by another apt
    apt-get -o DPkg::Lock::Timeout=120 update >"$log" 2>&1 &&
        apt-get -o DPkg::Lock::Timeout=300 install --yes --no-install-recommends "${missing[@]}" >>"$log" 2>&1 &&
        exit 0
    sleep $((try * 5))
done
tail -n 30 "$log" >&2
exit 1
