"""Voice: lets the system's own program for speech say texts, beside the loop. The newest text wins."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass

from app.sound.engines import Engine

ENDING = 2.0  # seconds that the last process may take to end
LONGEST_COMPLAINT = 65_536  # bytes that are read of it
NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # of a console, on Windows


class _Speech:
    """A process that says one text. `kill` may come from any thread."""

    def __init__(self, arguments: list[str], *, waits_for_text: bool) -> None:
        """waits_for_text: whether the text comes by its standard input. Raises OSError."""
        # A file, not a pipe: what the process itself has started may hold a pipe open when it has long ended.
        self._complaint = tempfile.TemporaryFile()  # noqa: SIM115  closed by `finish`
        self._process = subprocess.Popen(
            arguments,
            stdin=subprocess.PIPE if waits_for_text else subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._complaint,
            creationflags=NO_WINDOW if sys.platform == "win32" else 0,
        )

    @property
    def over(self) -> bool:
        """Whether the process has ended."""
        return self._process.poll() is not None

    def finish(self, text: str) -> str:
        """Give it the text where it waits for one, and wait for its end; returns what went wrong, "" for nothing."""
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):  # it has ended; its complaint says why
                self._process.stdin.write(text.encode())
            with contextlib.suppress(OSError):
                self._process.stdin.close()
        status = self._process.wait()
        with self._complaint as complaint:
            complaint.seek(0)
            return _problem(status, complaint.read(LONGEST_COMPLAINT))

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()


@dataclass(frozen=True)
class _Text:
    text: str
    language: str
    number: int  # of the voice's silences before it: one that came since means that nobody waits for it


class Voice:
    """Texts are said by a process each, which a thread starts and waits for: `say` never waits."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._changed = threading.Condition()
        self._waiting: list[_Text] = []
        self._silences = 0
        self._speech: _Speech | None = None  # what is being said
        self._spare: tuple[str, _Speech] | None = None  # a language, and what waits for a text of it
        self._thread: threading.Thread | None = None
        self._closing = False
        self._problem = ""

    def say(self, text: str, language: str, *, patient: bool = False) -> None:
        """Say a text at once, or a `patient` one when what is being said has ended."""
        with self._changed:
            if not patient:
                self._fall_silent()
            self._waiting.append(_Text(text, language, self._silences))
            if self._thread is None:
                self._closing = False
                self._thread = threading.Thread(target=self._work, name="voice", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def hush(self) -> None:
        """Say no more of it."""
        with self._changed:
            self._fall_silent()

    @property
    def failed(self) -> bool:
        """Whether `take_problem` has something to tell."""
        return bool(self._problem)

    def take_problem(self) -> str:
        """Why a text was not said, in words of the system, since this was last asked; "" where all went well."""
        problem, self._problem = self._problem, ""
        return problem

    def close(self) -> None:
        """End the process that speaks, and the thread. Another text begins both anew."""
        with self._changed:
            self._closing = True
            self._fall_silent()
            self._changed.notify_all()
            thread, self._thread = self._thread, None
        if thread is not None:
            thread.join(ENDING)

    def _fall_silent(self) -> None:
        self._silences += 1
        self._waiting.clear()
        if self._speech is not None:
            self._speech.kill()

    # -- in the thread ------------------------------------------------------------------------------------

    def _work(self) -> None:
        me = threading.current_thread()
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._closing or self._thread is not me)
                if self._closing or self._thread is not me:
                    break
                text = self._waiting.pop(0)
            try:
                self._speak(text)
            except (OSError, subprocess.SubprocessError) as error:
                self._problem = getattr(error, "strerror", None) or str(error)
        self._end_spare()

    def _speak(self, text: _Text) -> None:
        """Start the process, give it the text, and wait for its end."""
        speech = self._started(text)
        with self._changed:
            if text.number != self._silences:
                speech.kill()
            self._speech = speech
        problem = speech.finish(text.text)
        with self._changed:
            self._speech = None
            wanted = text.number == self._silences
        if wanted:
            self._problem = problem
        elif self._engine.stop:
            subprocess.run(self._engine.stop, capture_output=True, timeout=ENDING, check=False)

    def _started(self, text: _Text) -> _Speech:
        """A process for the text; where starting takes long one that was started before, and another one for later."""
        if not self._engine.slow_start:
            return self._start(text.language, text.text)
        spare = self._spare
        if spare is None or spare[0] != text.language or spare[1].over:
            self._end_spare()
            spare = text.language, self._start(text.language)
        self._spare = text.language, self._start(text.language)
        return spare[1]

    def _start(self, language: str, text: str = "") -> _Speech:
        arguments = self._engine.command(language)
        if self._engine.by_argument:
            return _Speech([*arguments, text], waits_for_text=False)
        return _Speech(arguments, waits_for_text=True)

    def _end_spare(self) -> None:
        if self._spare is not None:
            self._spare[1].kill()
            self._spare[1].finish("")
            self._spare = None


def _problem(status: int, complaint: bytes) -> str:
    """What a process that has ended says was wrong; "" where nothing was.

    espeak-ng ends as if all were well where it finds no audio device, but writes a line that begins with "error".
    """
    lines = [line.strip() for line in complaint.decode("utf-8", "replace").splitlines() if line.strip()]
    errors = [line for line in lines if line.lower().startswith("error")]
    if status == 0 and not errors:
        return ""
    last = (errors or lines or [f"status {status}"])[-1]
    return last.partition(":")[2].strip().rstrip(".") or last.rstrip(".")
