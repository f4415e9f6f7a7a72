"""Voice: real processes that say nothing but note what they were given."""

import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.sound import engines
from app.sound.engines import Engine, find_engine, parse_voices
from app.sound.voice import Voice

# Notes the text, then speaks until the file "end" is there.
SPEAKS = """
import pathlib, sys, time
folder, language = pathlib.Path(sys.argv[1]), sys.argv[2]
text = sys.argv[4] if sys.argv[3] == "argument" else sys.stdin.buffer.read().decode()
with (folder / "said").open("a", encoding="utf-8") as said:
    said.write(f"{language}: {text}\\n")
while not (folder / "end").exists():
    time.sleep(0.01)
"""
FAILS = "import sys; sys.stdin.read(); sys.exit('Error: the voice does not exist.')"
PATIENCE = 60.0  # seconds until a test gives up

MakeVoice = Callable[..., Voice]


@pytest.fixture
def make_voice(tmp_path: Path) -> Iterator[MakeVoice]:
    """Makes voices of a script, and ends them."""
    made: list[Voice] = []

    def make(script: str = SPEAKS, *, by_argument: bool = False, slow_start: bool = False) -> Voice:
        way = "argument" if by_argument else "input"

        def command(language: str) -> list[str]:
            return [sys.executable, "-c", script, str(tmp_path), language, way]

        made.append(Voice(Engine(command, by_argument, slow_start)))
        return made[-1]

    yield make
    for voice in made:
        voice.close()


def wait_for(true: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.005)


@pytest.fixture
def said(tmp_path: Path) -> Callable[[], list[str]]:
    """The lines that were said so far."""
    path = tmp_path / "said"
    return lambda: path.read_text(encoding="utf-8").splitlines() if path.exists() else []


@pytest.mark.parametrize("by_argument", [True, False])
def test_no_shell_ever_sees_a_text(by_argument: bool, make_voice: MakeVoice, said: Callable[[], list[str]]) -> None:
    text = "7? \"$(touch here)\" `id`; & | > 'x' -v ü €"
    make_voice(by_argument=by_argument).say(text, "de")
    wait_for(said)
    assert said() == [f"de: {text}"]


def test_the_newest_text_wins_and_a_patient_one_waits(
    make_voice: MakeVoice, said: Callable[[], list[str]], tmp_path: Path
) -> None:
    voice = make_voice()
    voice.say("the first", "en")
    wait_for(said)
    first = voice._speech
    voice.say("never heard", "en", patient=True)
    voice.say("the second", "en")
    assert first is not None
    wait_for(lambda: first.over)
    voice.say("the third", "en", patient=True)
    wait_for(lambda: len(said()) == 2)
    (tmp_path / "end").touch()
    wait_for(lambda: len(said()) == 3)
    assert said() == ["en: the first", "en: the second", "en: the third"]
    assert not voice.failed


@pytest.mark.parametrize("slow_start", [True, False])
def test_nothing_goes_on_speaking_after_the_end(
    slow_start: bool, make_voice: MakeVoice, said: Callable[[], list[str]]
) -> None:
    voice = make_voice(slow_start=slow_start)
    voice.say("a long answer", "en")
    wait_for(lambda: said() and voice._speech is not None)
    speech, spare = voice._speech, voice._spare
    voice.close()
    assert speech is not None
    wait_for(lambda: speech.over)
    if spare is not None:
        wait_for(lambda: spare[1].over)
    assert (spare is not None) == slow_start


def test_it_speaks_again_after_it_was_closed(make_voice: MakeVoice, said: Callable[[], list[str]]) -> None:
    voice = make_voice()
    for count in (1, 2):
        voice.say("once more", "en")
        wait_for(lambda: len(said()) == count)  # noqa: B023
        voice.close()


def test_what_is_wrong_is_told_once(make_voice: MakeVoice) -> None:
    voice = make_voice(FAILS)
    voice.say("7", "xx")
    wait_for(lambda: voice.failed)
    assert voice.take_problem() == "the voice does not exist"
    assert not voice.failed and voice.take_problem() == ""


def test_what_a_speaking_program_leaves_behind_holds_nothing_up(
    make_voice: MakeVoice, said: Callable[[], list[str]], tmp_path: Path
) -> None:
    leaves = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {SPEAKS!r}, *sys.argv[1:]])"
    voice = make_voice(leaves)
    voice.say("one", "en")
    voice.say("two", "en", patient=True)
    wait_for(lambda: voice._speech is None and not voice._waiting)
    (tmp_path / "end").touch()


def test_a_program_that_is_gone_is_told_too() -> None:
    voice = Voice(Engine(lambda language: ["/no/such/program", language]))
    voice.say("7", "en")
    wait_for(lambda: voice.failed)
    assert voice.take_problem()
    voice.close()


# -- engines --------------------------------------------------------------------------------------------------


def engine_of(platform: str, there: str, monkeypatch: pytest.MonkeyPatch) -> Engine | None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}" if name in there.split() else None)
    return find_engine()


@pytest.mark.parametrize(
    ("platform", "there", "command", "by_argument"),
    [
        ("linux", "espeak-ng espeak spd-say", ["/bin/espeak-ng", "-b", "1", "-v", "pt-br", "--stdin"], False),
        ("linux", "espeak spd-say", ["/bin/espeak", "-b", "1", "-v", "pt-br", "--stdin"], False),
        ("linux", "spd-say", ["/bin/spd-say", "--wait", "-l", "pt-BR", "--"], True),
        ("darwin", "say", ["/bin/say", "-f", "-"], False),
    ],
)
def test_each_system_has_its_own_voice(
    platform: str, there: str, command: list[str], by_argument: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = engine_of(platform, there, monkeypatch)
    assert engine is not None
    assert (engine.command("pt_BR"), engine.by_argument) == (command, by_argument)


def test_windows_speaks_through_its_own_shell_which_never_sees_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = engine_of("win32", "powershell", monkeypatch)
    assert engine is not None and engine.slow_start and not engine.by_argument
    *_, script = engine.command("fr")
    assert "-like 'fr*'" in script and "{" in script and "{{" not in script


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_there_may_be_no_voice(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert engine_of(platform, "", monkeypatch) is None


@pytest.mark.parametrize("language", ["'; Remove-Item x; '", "-w/tmp/x", "", "en --stdout", "d" * 99])
def test_a_language_that_is_none_is_not_put_into_a_command(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for platform, there in (("linux", "espeak"), ("linux", "spd-say"), ("win32", "powershell")):
        engine = engine_of(platform, there, monkeypatch)
        assert engine is not None and engine.command(language) == engine.command("en")


def test_voices_of_macos_are_found_by_their_language(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = "Alex                en_US    # Hello\nBad News  en_US # x\nAnna (Premium)  de_DE  # Hallo\nnonsense\n"
    voices = parse_voices(listed)
    assert voices == (("Alex", "en_US"), ("Bad News", "en_US"), ("Anna (Premium)", "de_DE"))
    more = parse_voices("Yelda               tr_TR    # Merhaba!\nZosia               pl_PL    # Cześć!\n")
    engine = engine_of("darwin", "say", monkeypatch)
    monkeypatch.setattr(engines, "_voices", lambda path: voices + more)
    assert engine is not None and engine.command("de") == ["/bin/say", "-v", "Anna (Premium)", "-f", "-"]
    assert [engine.command(language)[2] for language in ("pl", "tr")] == ["Zosia", "Yelda"]
