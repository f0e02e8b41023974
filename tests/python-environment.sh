#!/bin/sh
# Makes the virtual environment named by the first argument from requirements.lock and installs
# mailflow into it so that changes to the source count at once. With `ocr` as the second argument
# what reads pictures is added from requirements-ocr.lock. Quick when nothing changed.
# PYTHON names the interpreter to make a new one from (python3 when unset).
set -eu

venv=${1:?usage: python-environment.sh VENV [ocr]}
extra=${2:-}
here=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
lock=$here/requirements.lock
stamp=$venv/.installed
sight_lock=$here/requirements-ocr.lock
sight_stamp=$venv/.installed-ocr

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

is_new_enough() {
  "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

can_make_environments() {
  "$1" -c 'import ensurepip, venv' 2>/dev/null
}

apt_install() {
  [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
  printf 'Installing %s with apt-get …\n' "$*" >&2
  DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@" >/dev/null 2>&1 || {
    apt-get -qq update >/dev/null &&
      DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@" >/dev/null
  }
}

# The first interpreter of at least 3.11: the one asked for, then the usual names of newer ones.
find_python() {
  for candidate in "${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11 /usr/bin/python3; do
    if command -v "$candidate" >/dev/null 2>&1 && is_new_enough "$candidate"; then
      command -v "$candidate"
      return 0
    fi
  done
  return 1
}

# Of the files named, this script, the interpreter and the place: another of any means doing it again.
fingerprint() {
  {
    cat "$@" "$0"
    "$venv/bin/python" -c 'import sys; print(sys.version)'
    printf '%s\n' "$here"
  } | cksum
}

is_usable() {
  [ -x "$venv/bin/python" ] && is_new_enough "$venv/bin/python" &&
    "$venv/bin/python" -m pip --version >/dev/null 2>&1
}

make_environment() {
  python=$(find_python) || {
    apt_install python3 python3-venv || true
    python=$(find_python) ||
      fail "mailflow needs Python 3.11 or newer. Install it (Debian, Ubuntu: apt install python3" \
        "python3-venv) or name one: make PYTHON=/path/to/python3.12 …"
  }
  if ! can_make_environments "$python"; then
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    apt_install "$package" || apt_install python3-venv || true
    can_make_environments "$python" ||
      fail "$python cannot make virtual environments. On Debian or Ubuntu run: apt install $package"
  fi
  printf 'Making %s from %s …\n' "$venv" "$python" >&2
  "$python" -m venv --clear "$venv"
}

pip_install() {
  "$venv/bin/python" -m pip install --quiet --require-hashes --only-binary :all: "$@" ||
    fail "The packages could not be installed. Is the network, or your pip mirror, reachable?"
}

install_base() {
  is_usable || make_environment
  printf 'Installing what requirements.lock names …\n' >&2
  rm -f "$stamp" "$sight_stamp"
  pip_install -r "$lock"
  "$venv/bin/python" -m pip install --quiet --no-deps --no-build-isolation --editable "$here"
  fingerprint "$lock" "$here/pyproject.toml" >"$stamp"
}

install_sight() {
  printf 'Installing what requirements-ocr.lock names …\n' >&2
  rm -f "$sight_stamp"
  # rapidocr names packages its models do without; the lock holds what is needed
  pip_install --no-deps -r "$sight_lock"
  fingerprint "$sight_lock" "$stamp" >"$sight_stamp"
}

# Whether the stamp, the first argument, is that of the files that follow.
is_current() {
  mark=$1
  shift
  [ -f "$mark" ] && is_usable && [ "$(cat "$mark")" = "$(fingerprint "$@")" ]
}

export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
if is_current "$stamp" "$lock" "$here/pyproject.toml"; then touch "$stamp"; else install_base; fi
[ "$extra" = ocr ] || exit 0
if is_current "$sight_stamp" "$sight_lock" "$stamp"; then touch "$sight_stamp"; else install_sight; fi
