#!/bin/sh
# Puts Digitpad with its icon into the menu of your own Linux desktop, or takes it out. Needs no administrator.
# usage: add_to_menu.sh [--remove | COMMAND], where COMMAND starts it: the program beside this file, else "digitpad"
set -eu

here=$(cd "$(dirname "$0")" && pwd)
share=${XDG_DATA_HOME:-$HOME/.local/share}
entry=$share/applications/digitpad.desktop
picture=$share/icons/hicolor/256x256/apps/digitpad.png

if [ "${1:-}" = --remove ]; then
    rm -f "$entry" "$picture"
    echo "Digitpad is out of the menu."
    exit
fi

if [ -x "$here/digitpad" ]; then # the archive
    command=$here/digitpad icon=$here/_internal/assets/icons/digitpad.png
else # a checkout
    command=$(command -v digitpad || true) icon=$here/../../assets/icons/digitpad.png
fi
command=${1:-$command}
if [ -z "$command" ]; then
    echo "add_to_menu.sh: the command digitpad was not found; give its path" >&2
    exit 2
fi

mkdir -p "$(dirname "$entry")" "$(dirname "$picture")"
cp "$icon" "$picture"
# In a desktop file a quoted path escapes four letters, each with a backslash that is escaped itself; % is doubled, which
# not every desktop undoes in the first word: that is env.
quoted=$(printf '%s' "$command" | sed -e 's/[\\"`$]/\\\\&/g' -e 's/%/%%/g')
while IFS= read -r line; do
    case $line in
        Exec=*) printf 'Exec=env "%s"\n' "$quoted" ;;
        Icon=*) printf 'Icon=%s\n' "$picture" ;;
        *) printf '%s\n' "$line" ;;
    esac
done <"$here/digitpad.desktop" >"$entry"
update-desktop-database "$share/applications" 2>/dev/null || true # desktops that keep a list look again
echo "Digitpad is in the menu: $entry"
