"""Kills the program of a stand again and again, starts it as its systemd unit says, and counts what is lost.

usage: python packaging/kiosk/try_stand.py PROGRAM [--openbox] [--times 50] [--seed 0]

PROGRAM is the installed command digitpad. Stands in for systemd: takes the unit's command, its delay and its watchdog,
and hears what the program says of itself. The screen is a virtual one: cage draws for nobody, X is Xvfb.
Needs Linux, xdotool, and cage with Xwayland, or xinit with openbox and Xvfb. cage refuses to be run by root.
"""

import argparse
import configparser
import json
import os
import random
import select
import shlex
import signal
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOUSE, INSTALLED = "/opt/digitpad", "/opt/digitpad/.venv/bin/digitpad"  # in the unit
SERVER, VIRTUAL = "/usr/bin/X :0 vt1 -keeptty", "/usr/bin/Xvfb :97 -screen 0 1280x720x24"
NO_SCREEN = {"WLR_BACKENDS": "headless", "WLR_LIBINPUT_NO_DEVICES": "1", "WLR_RENDERER": "pixman"}
PATIENCE = 30.0  # seconds for anything to happen
STROKE = ((300, 200), (302, 260), (299, 330), (301, 400), (300, 470))  # a 1, on the left half of a screen
SETTINGS = {"event_read_after": 0.3, "event_clear_after": 3.0, "event_attract_after": 10.0}
SENDER = struct.Struct("3i")  # process, user and group of who sent a message


class Stand:
    """The unit's command with all that it starts. Times in seconds.

    program: the process that gives signs of life, the first of them with its first frame; X only says that it is ready.
    silence: the longest time between two of them.
    """

    def __init__(self, unit: configparser.SectionProxy, program: Path, folder: Path) -> None:
        command = unit["ExecStart"].replace(INSTALLED, str(program)).replace(SERVER, VIRTUAL)
        self.command = shlex.split(command.replace(HOUSE, str(HERE.parents[1])))
        self.delay, self.watchdog = seconds_of(unit["RestartSec"]), seconds_of(unit["WatchdogSec"])
        self.program = 0
        self.silence = 0.0
        self._heard = 0.0
        self._killed = 0
        self._folder = folder
        self._process: subprocess.Popen[bytes]
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        self._socket.bind(str(folder / "notify"))

    def start(self) -> float:
        """Run the command; returns after how long the program's first frame was there."""
        began = time.monotonic()
        self._run()
        self._wait_for_frame()
        return time.monotonic() - began

    def kill(self) -> float:
        """Kill the program alone; returns after how long it is back."""
        began = time.monotonic()
        os.kill(self.program, signal.SIGKILL)
        self._killed, self.program = self.program, 0
        self._wait_for_frame()
        return time.monotonic() - began

    def end(self) -> None:
        """End all that the command has started: xinit is given a moment to end X."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(3)
        self.program = 0

    def _run(self) -> None:
        own = {"XDG_RUNTIME_DIR": self._folder, "HOME": self._folder, "NOTIFY_SOCKET": self._folder / "notify"}
        own |= {"DIGITPAD_DATA": self._folder / "data", "DIGITPAD_CONFIG": self._folder}
        without = ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")
        kept = {name: value for name, value in os.environ.items() if name not in without}
        environment = kept | NO_SCREEN | {name: str(path) for name, path in own.items()}
        environment["WATCHDOG_USEC"] = str(round(self.watchdog * 1e6))
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                self.command, env=environment, stdout=log, stderr=log, start_new_session=True
            )

    def _wait_for_frame(self) -> None:
        """Until the program gives a sign of life; where all has ended, run the command again as systemd does."""
        end = time.monotonic() + PATIENCE
        while not self.program:
            if time.monotonic() > end:
                raise TimeoutError(f"no frame within {PATIENCE:g} s: {(self._folder / 'log').read_text()}")
            if self._process.poll() is not None:
                self.end()
                time.sleep(self.delay)
                self._run()
            self._listen(0.02)

    def go_on(self, seconds: float) -> None:
        """Hear the signs of life for so long."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._listen(left)

    def hang(self) -> float:
        """Stop the program as if it hung; returns after how long systemd would have ended it."""
        began = time.monotonic()
        os.kill(self.program, signal.SIGSTOP)
        while time.monotonic() < self._heard + self.watchdog:
            self._listen(0.1)
        return time.monotonic() - began

    def draw(self) -> None:
        """A visitor draws a 1."""
        steps = [f"mousemove {x} {y}" for x, y in STROKE]
        moves = f"{steps[0]} sleep 0.02 mousedown 1 sleep 0.02 {' sleep 0.02 '.join(steps)} sleep 0.02 mouseup 1"
        environment = Path(f"/proc/{self.program}/environ").read_bytes().split(b"\0")
        own = dict(item.split(b"=", 1) for item in environment if b"=" in item)
        subprocess.run(["xdotool", *moves.split()], env=own, check=True, timeout=PATIENCE)

    def _listen(self, seconds: float) -> bool:
        """Take what comes first; whether anything came within so long."""
        if not select.select([self._socket], [], [], seconds)[0]:
            return False
        message, extra, _, _ = self._socket.recvmsg(4096, socket.CMSG_SPACE(SENDER.size))
        if b"WATCHDOG=1" in message.splitlines():
            sender, now = SENDER.unpack(extra[0][2])[0], time.monotonic()
            if sender == self.program:
                self.silence = max(self.silence, now - self._heard)
            if sender != self._killed:
                self.program, self._heard = sender, now
        return True


def main() -> int:
    """Try it, print what came of it; 1 where something is lost or slow."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("program", type=lambda name: Path(name).absolute(), metavar="PROGRAM", help="digitpad")
    parser.add_argument("--openbox", action="store_true", help="with openbox in place of cage")
    parser.add_argument("--times", type=int, default=50, metavar="N", help="kills (default: 50)")
    parser.add_argument("--seed", type=int, default=0, metavar="K", help="other moments for the kills")
    options = parser.parse_args()
    unit = read_unit("digitpad.service", *(["openbox.conf"] if options.openbox else []))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "settings.json").write_text(json.dumps(SETTINGS))
        stand = Stand(unit, options.program, folder)
        try:
            return try_stand(stand, folder, options.times, random.Random(options.seed))
        finally:
            stand.end()


def try_stand(stand: Stand, folder: Path, times: int, chance: random.Random) -> int:
    """Draw, kill and start again so often, then hang once; 1 where something is lost or slow."""
    first = stand.start()
    back, before, torn = [], b"", 0
    for number in range(1, times + 1):
        stand.go_on(0.3)  # until the network is there
        stand.draw()
        counts = len(before.splitlines()) + 1
        if number % 2:
            wait_for_lines(stand, folder, counts)
            stand.draw()  # the next visitor, who is cut short
            stand.go_on(chance.uniform(0, 3))
        else:
            stand.go_on(chance.uniform(3.0, 3.6))  # about when the drawing is counted
        back.append(stand.kill())
        after = tally(folder)
        if not after.startswith(before) or len(after.splitlines()) < counts - 1 + number % 2:
            print(f"kill {number}: the tally has lost something")
            return 1
        torn += not after.endswith(b"\n")
        before = after
    stand.go_on(2 * stand.watchdog)
    silence, hung = stand.silence, stand.hang()
    stand.end()
    said = exported(stand, folder)
    print(f"started     the first frame after {first:.2f} s")
    print(f"killed      {times} times; back after {statistics.median(back):.2f} s, at most {max(back):.2f} s")
    print(f"tally       {len(before.splitlines())} drawings in the file, {torn} lines torn, {said} in its export")
    print(
        f"watchdog    {stand.watchdog:g} s; signs of life up to {silence:.1f} s apart, none for {hung:.1f} s of a hang"
    )
    return int(max(back) > 3 or said != len(before.splitlines()) - torn or silence > stand.watchdog / 2)


def read_unit(*names: str) -> configparser.SectionProxy:
    """The service's settings of a unit, and of files that change it."""
    parser = configparser.ConfigParser(strict=False, interpolation=None, delimiters="=", comment_prefixes="#")
    parser.optionxform = str  # type: ignore[assignment]  # systemd's names have capitals
    for name in names:
        parser.read(HERE / name, encoding="utf-8")
    return parser["Service"]


def seconds_of(span: str) -> float:
    """Of a time as the unit gives it: seconds, or milliseconds with "ms"."""
    return float(span.removesuffix("ms")) / 1000 if span.endswith("ms") else float(span)


def tally(folder: Path) -> bytes:
    """The files of all days."""
    return b"".join(path.read_bytes() for path in sorted((folder / "data" / "events").glob("*.tally.ndjson")))


def wait_for_lines(stand: Stand, folder: Path, count: int) -> None:
    """Until the tally has so many."""
    end = time.monotonic() + PATIENCE
    while tally(folder).count(b"\n") < count:
        if time.monotonic() > end:
            raise TimeoutError(f"the drawing was not counted within {PATIENCE:g} s")
        stand.go_on(0.05)


def exported(stand: Stand, folder: Path) -> int:
    """How many drawings the program itself counts."""
    program = next(part for part in stand.command if part.endswith("digitpad"))
    environment = os.environ | {"DIGITPAD_DATA": str(folder / "data"), "DIGITPAD_CONFIG": str(folder)}
    subprocess.run(
        [program, "tally", "export", str(folder / "out.csv")], env=environment, check=True, stdout=subprocess.DEVNULL
    )
    days = [line.split(",") for line in (folder / "out.csv").read_text().splitlines() if ",all," in line]
    return sum(int(count) for day in days for count in day[2:6])


if __name__ == "__main__":
    sys.exit(main())
