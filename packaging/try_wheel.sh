#!/usr/bin/env bash
# Tries the installed program in a folder where somebody has modules of the names that the program's own have.
# Needs no display. usage: packaging/try_wheel.sh FOLDER, which holds the commands digitpad and python
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
commands=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export SDL_VIDEODRIVER=dummy SDL_AUDIODRIVER=dummy DIGITPAD_CONFIG="$work/config" DIGITPAD_DATA="$work/data"

cd "$work"
for name in app assets main model train weights; do
    echo "raise SystemExit('$name.py of somebody else was taken for the program')" >"$name.py"
done
export PYTHONPATH="$work" # so that Python finds them wherever it may look
echo '{"drawing": [[[50, 52, 50], [20, 120, 220]]]}' >one.ndjson

"$commands/digitpad" read one.ndjson | tee answer.txt
grep -q ': 1 ' answer.txt
"$commands/python" -m digitpad --version | tee version.txt
grep -Eq '^digitpad [0-9]' version.txt
"$commands/digitpad-train" --version
"$commands/digitpad" sample --seed 1 >/dev/null
"$commands/digitpad" --screenshot screen.png --drawing one.ndjson
[ -s screen.png ]
"$commands/python" -P "$here/try_training.py" # -P: the launcher beside that file is not the installed one
