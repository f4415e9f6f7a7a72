#!/usr/bin/env bash
# Installs the wheel with pip, uv and pipx, each in a fresh folder, and tries what came of it. Needs no display; uv and
# pipx are fetched.
# usage: packaging/try_installers.sh WHEEL [PYTHON]
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
wheel=$(realpath "$1")
python=$(command -v "${2:-python3}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export UV_TOOL_DIR="$work/uv" UV_TOOL_BIN_DIR="$work/uv-bin" PIPX_HOME="$work/pipx" PIPX_BIN_DIR="$work/pipx-bin"
export PIPX_MAN_DIR="$work/man" PIP_DISABLE_PIP_VERSION_CHECK=1
export PATH="$UV_TOOL_BIN_DIR:$PIPX_BIN_DIR:$PATH" # as `uv tool update-shell` and `pipx ensurepath` have it

step() { printf '\n-- %s, %s\n' "$*" "$("$python" --version)"; }

"$python" -m venv "$work/tools"
"$work/tools/bin/pip" install --quiet uv pipx

step "pip install"
"$python" -m venv "$work/pip"
"$work/pip/bin/pip" install --quiet "$wheel"
bash "$here/try_wheel.sh" "$work/pip/bin"

step "uv tool install"
"$work/tools/bin/uv" tool install --quiet --python "$python" "$wheel"
"$UV_TOOL_BIN_DIR/digitpad" --version
bash "$here/try_wheel.sh" "$work/uv/digitpad/bin"

step "pipx install"
"$work/tools/bin/pipx" install --quiet --python "$python" "$wheel"
"$PIPX_BIN_DIR/digitpad" --version
bash "$here/try_wheel.sh" "$work/pipx/venvs/digitpad/bin"
