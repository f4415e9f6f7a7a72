"""Commands whose output nobody reads to its end, and the exit statuses of the others."""

import subprocess
import sys
from pathlib import Path

import pytest

from bench import personal
from model.console import exit_with

ROOT = Path(__file__).parents[2]
MANY_LINES = """
from model.console import exit_with
exit_with(lambda: print("a line\\n" * 100_000) or 2)
"""
WRITES_AND_ENDS = """
import sys
from model.console import exit_with
sys.stdin.readline()  # until nobody reads
exit_with(lambda: print("one line") or 2)
"""


@pytest.mark.parametrize("program", [MANY_LINES, WRITES_AND_ENDS])
def test_a_reader_that_has_seen_enough_ends_a_command_without_a_word(program: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        process.stdout = None
        _, errors = process.communicate(b"\n")
    assert errors == b""
    assert process.returncode == 0


@pytest.mark.parametrize(("status", "code"), [(0, 0), (2, 2), (None, None)])
def test_others_end_with_their_own_status(status: int | None, code: int | None) -> None:
    with pytest.raises(SystemExit) as ended:
        exit_with(lambda: status)
    assert ended.value.code == code


def test_every_bench_command_ends_this_way() -> None:
    commands = [path for path in (ROOT / "bench").glob("*.py") if "\ndef main(" in path.read_text(encoding="utf-8")]
    assert len(commands) > 10
    for path in commands:
        assert path.read_text(encoding="utf-8").endswith('if __name__ == "__main__":\n    exit_with(main)\n'), path


def test_a_lost_reader_is_no_error_of_the_personal_bench(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def lost(file: Path) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(personal, "read_drawings", lost)
    monkeypatch.setattr("sys.argv", ["personal", str(tmp_path / "people.ndjson")])
    with pytest.raises(BrokenPipeError):
        personal.main()
    assert capsys.readouterr().err == ""
