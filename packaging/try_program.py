"""Tries a built program where nobody can press its keys: on hosts with Windows and macOS. try_archive.sh tries more.

usage: python packaging/try_program.py ARCHIVE, with a display
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COMMANDS = {  # of each system, in the folder that the archive holds
    "win32": ("digitpad-cli.exe", "digitpad.exe"),
    "darwin": ("Digitpad.app/Contents/MacOS/digitpad", "Digitpad.app/Contents/MacOS/digitpad"),
    "linux": ("digitpad", "digitpad"),
}
ONE = {"drawing": [[[50, 52, 50], [20, 120, 220]]]}
PATIENCE = 120.0  # seconds, on a slow machine
WHILE = 15.0  # seconds that window and process must live for; a process that cannot begin ends at once


def main() -> str | None:
    """Read, take a picture, open the window and let it start a process; returns what went wrong."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as work:
        folder = unpack(Path(sys.argv[1]), Path(work)) / "digitpad"
        command, window = (folder / name for name in COMMANDS[sys.platform])
        drawing, picture = Path(work) / "one.ndjson", Path(work) / "screen.png"
        drawing.write_text(json.dumps(ONE) + "\n", encoding="utf-8")

        print(run(command, "--version"), end="")
        answer = run(command, "read", drawing)
        print(answer, end="")
        if ": 1 " not in answer:
            return "it did not read a one"
        run(command, "--screenshot", picture, "--drawing", drawing)
        if not picture.read_bytes().startswith(b"\x89PNG"):
            return "it took no picture of itself"
        return try_window(window, drawing)


def unpack(archive: Path, folder: Path) -> Path:
    """Unpack as the system does, with links and rights."""
    if sys.platform == "darwin":
        subprocess.run(["ditto", "-x", "-k", archive, folder], check=True)
    else:
        shutil.unpack_archive(archive, folder)
    return folder


def run(command: Path, *arguments: str | Path) -> str:
    """What a command prints. Raises CalledProcessError, with what it complained of on stderr, when it fails."""
    return subprocess.run([command, *arguments], check=True, stdout=subprocess.PIPE, text=True, timeout=PATIENCE).stdout


def try_window(program: Path, drawing: Path) -> str | None:
    """Open the window on a drawing, with which a process that learns starts; it must live, and end with the window."""
    window = subprocess.Popen([program, "--drawing", drawing])
    try:
        deadline = time.monotonic() + PATIENCE
        while not (begun := children(window.pid)):
            if window.poll() is not None:
                return f"the window ended with status {window.returncode}"
            if time.monotonic() > deadline:
                return "the window started no process"
            time.sleep(0.5)
        time.sleep(WHILE)
        if window.poll() is not None:
            return f"the window ended with status {window.returncode}"
        if begun - children(window.pid):
            return "a process that the window started ended by itself"
    finally:
        window.terminate()
        window.wait(PATIENCE)
    print(f"the window and {len(begun)} of its processes ran for {WHILE:g} s")
    return None


def children(parent: int) -> set[int]:
    """The numbers of the processes that a process has started and that run."""
    if sys.platform == "win32":
        query = f"(Get-CimInstance Win32_Process -Filter 'ParentProcessId={parent}').ProcessId"
        command = ["powershell", "-NoProfile", "-Command", query]
    else:
        command = ["pgrep", "-P", str(parent)]
    found = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False).stdout
    return {int(number) for number in found.split()}


if __name__ == "__main__":
    sys.exit(main())
