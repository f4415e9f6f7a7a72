#!/usr/bin/env bash
# Tries the Linux archive as somebody without Python would use it: by hand, in a window on a virtual screen. Takes one
# to three minutes. Needs Xvfb and xdotool.
# usage: packaging/try_archive.sh ARCHIVE [PICTURES], a folder for pictures of the screen on the way (needs imagemagick)
set -euo pipefail

archive=$(realpath "$1")
pictures=${2:-}
work=$(mktemp -d)
folder=$work/program/digitpad
data=$work/home/.local/share/digitpad
mkdir -p "$work/program" "$work/home" "$work/nothing" "$work/screen" ${pictures:+"$pictures"}

clean_up() {
    for process in $(ours); do kill -9 "$process"; done
    [ -z "${xvfb:-}" ] || { kill "$xvfb" && wait "$xvfb" || true; }
    rm -rf "$work"
}
trap clean_up EXIT

step() { printf -- '- %s\n' "$*"; }

fail() {
    picture failure
    echo "try_archive.sh: $*" >&2
    [ ! -s "$work/output" ] || sed 's/^/  | /' "$work/output" >&2
    find "$data" -name '*.log' -exec cat {} + >&2 2>/dev/null || true
    exit 1
}

# The program as it is given to a machine without Python: nothing is on the PATH, and no variable helps.
program() { env -i HOME="$work/home" PATH="$work/nothing" DISPLAY="$display" "$folder/digitpad" "$@"; }

# The processes of the program: the window, and those that it started.
ours() {
    local process
    for process in /proc/[0-9]*; do
        [ "$(readlink "$process/exe" 2>/dev/null)" != "$folder/digitpad" ] || echo "${process#/proc/}"
    done
}

# wait_for SECONDS WHAT COMMAND...: until the command succeeds.
wait_for() {
    local until=$((SECONDS + $1)) what=$2
    shift 2
    until "$@"; do
        [ "$SECONDS" -lt "$until" ] || fail "in vain waited for $what"
        sleep 0.2
    done
}

key() { xdotool key "$@" && sleep 0.3; }

# Draw a 1 from (X, Y) down.
draw_one() {
    xdotool mousemove "$1" "$2" mousedown 1
    for i in 1 2 3 4 5 6 7 8; do
        xdotool mousemove "$1" $(($2 + 30 * i))
        sleep 0.03
    done
    xdotool mouseup 1
    sleep 0.3
}

remember_screen() { cp "$work/screen/Xvfb_screen0" "$work/$1"; }
screen_differs_from() { [ "$(cmp -l "$work/screen/Xvfb_screen0" "$work/$1" | head -n 300000 | wc -l)" -ge 300000 ]; }
picture() { [ -z "$pictures" ] || import -display "$display" -window root "$pictures/$1.png" || true; }
window_is_open() { xdotool search --onlyvisible --class digitpad >"$work/window" 2>/dev/null; }
is_gone() { [ ! -e "/proc/$1" ]; }
a_file() { compgen -G "$1" >/dev/null; }

open_window() {
    program "$@" >"$work/output" 2>&1 &
    window=$!
    wait_for 60 "the window" window_is_open
    sleep 2 # the network is loaded after the first frame
}

close_window() {
    local status=0
    key ctrl+q
    wait_for 20 "the end of the program" is_gone "$window"
    wait "$window" || status=$?
    [ "$status" -eq 0 ] || fail "the program ended with status $status"
    none_is_left() { [ -z "$(ours)" ]; }
    wait_for 20 "the end of its processes" none_is_left
}

# The processes that do work for the window.
workers() {
    local process
    for process in $(ours); do
        ! grep -qsa multiprocessing-fork "/proc/$process/cmdline" || echo "$process"
    done
}

one_works() {
    child=$(workers)
    [ "$(wc -w <<<"$child")" -eq 1 ]
}

start_training() {
    key ctrl+r
    sleep 2
    key Return
    sleep 0.7 # in which the form ends its own process, that measures how long it will take
    wait_for 30 "a process that trains" one_works
}

step "unpack"
tar -xzf "$archive" -C "$work/program"
printf '  %s MB, %s MB unpacked\n' "$(($(stat -c %s "$archive") / 1000000))" "$(du -s --block-size=MB "$folder" | cut -dM -f1)"

step "a virtual screen"
Xvfb -displayfd 1 -screen 0 1180x720x24 -fbdir "$work/screen" >"$work/number" 2>/dev/null &
xvfb=$!
wait_for 20 "Xvfb" test -s "$work/number"
display=:$(cat "$work/number")
export DISPLAY=$display

step "without a window"
program --version | grep -E '^digitpad [0-9]' || fail "no version"
echo '{"drawing": [[[50, 52, 50], [20, 120, 220]]]}' >"$work/one.ndjson"
{
    echo "P2 40 60 255"
    for y in {1..60}; do
        for x in {1..40}; do echo $((y > 12 && y < 48 && x > 17 && x < 23 ? 20 : 240)); done
    done
} >"$work/one.pgm"
program read "$work/one.ndjson" "$work/one.pgm" | tee "$work/answers"
[ "$(grep -c ': 1 ' "$work/answers")" -eq 2 ] || fail "it did not read two ones"

step "draw, S, and say that it was right"
open_window
draw_one 300 200
key s
sleep 1
picture read
key y
said_one() { grep -q '"word": *"1".*"reading": *1' "$data/collection.ndjson" 2>/dev/null; }
wait_for 20 "the drawing in the collection" said_one

step "look inside"
remember_screen pad
key i
wait_for 20 "the look inside" screen_differs_from pad
sleep 2
picture inside
remember_screen inside
key Escape
wait_for 20 "the paper again" screen_differs_from inside

close_window

step "a training process that dies before its first word"
open_window --network dense-16 # which learns in a moment
start_training
kill -9 "$child"
sleep 3
picture died

step "retrain in a process of its own"
start_training # which shows that the window knows of the end of the one before
for process in $(ours); do
    others=$(grep -o '/.*' "/proc/$process/maps" | grep -vF "$folder/" | grep -iE 'python|-packages' || true)
    [ -z "$others" ] || fail "it took from elsewhere: $others"
done
wait_for 600 "the comparison of old and new" is_gone "$child"
sleep 2
picture result
for _ in 1 2 3; do key Tab; done # past the cross and the charts
key Return                       # in the name: save under it
wait_for 20 "the new network's file" a_file "$data/networks/*.npz"
picture saved
close_window

step "event mode"
open_window --event
draw_one 300 200
sleep 3
picture event
key y
wait_for 30 "the tally" a_file "$data/events/*.tally.ndjson"
key ctrl+shift+q
sleep 2
close_window

[ ! -e "$data/log/digitpad.log" ] || fail "there were faults"
echo "the archive is well"
