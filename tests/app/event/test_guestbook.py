"""What is kept of visitors: numbers, and drawings only while the organiser lets them be kept."""

import errno
import os
from datetime import datetime
from pathlib import Path

import numpy as np
import pygame
import pytest

from app.event.guestbook import Guestbook
from app.event.kiosk import Kiosk
from app.event.visit import VisitOutcome
from app.event.wall import MOST, Wall, said_of
from app.paths import event_folder
from app.session.session import Session
from app.store.collection import Collection
from app.store.settings import Settings
from model.pictures.drawing import Drawing, Stroke, read_drawings
from model.reading.reader import Reading
from tests.app.lessons import stroke_drawing
from tests.app.visitor import Clock, Visitor

SEVEN = Drawing((Stroke(np.array([[60, 60], [190, 60], [110, 220]], np.float32)),))


def outcome(truth: int | None, said: int = 7, share: float = 0.9) -> VisitOutcome:
    probabilities = np.full(10, (1 - share) / 9, np.float32)
    probabilities[said] = share
    return VisitOutcome(SEVEN, Reading(probabilities, said, share > 0.8, share > 0.4, share, None), truth)


def strokes_on_disk(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and b"drawing" in path.read_bytes()]


def test_no_stroke_is_written_until_the_organiser_lets_them_be_kept(tmp_path: Path) -> None:
    book = Guestbook(Settings())
    for truth in (None, 7, 1):
        book.record(outcome(truth))
    assert book.tally.today.drawings == 3
    assert strokes_on_disk(tmp_path) == []
    assert book.shown == []


def test_of_the_kept_ones_only_the_misread_hang_on_the_wall() -> None:
    book = Guestbook(Settings(event_keep=True))
    for truth in (None, 7, 1):
        book.record(outcome(truth))
    book.record(outcome(5, share=0.3))
    assert [(drawing.word, said_of(drawing)) for drawing in book.shown] == [("5", None), ("1", 7)]
    assert [drawing.word for drawing in Guestbook(Settings(event_keep=True)).shown] == ["5", "1"]


def test_switching_off_takes_the_wall_down_and_keeps_no_more() -> None:
    settings = Settings(event_keep=True)
    book = Guestbook(settings)
    book.record(outcome(1))
    settings.event_keep = False
    assert book.shown == []
    book.record(outcome(2))
    settings.event_keep = True
    assert [drawing.word for drawing in book.shown] == ["1"]


def test_the_wall_has_room_for_the_newest_and_the_file_for_all(tmp_path: Path) -> None:
    wall = Wall(tmp_path)
    for number in range(MOST + 5):
        wall.add(SEVEN, number % 10, 7)
    assert len(wall.drawings) == MOST
    assert wall.drawings[0].word == str((MOST + 4) % 10)
    assert [d.word for d in Wall(tmp_path).drawings] == [d.word for d in wall.drawings]
    assert len(read_drawings(next(tmp_path.glob("*.ndjson")))) == MOST + 5


def test_tomorrow_the_wall_is_empty(tmp_path: Path) -> None:
    times = [datetime(2026, 11, 21, 23, 59), datetime(2026, 11, 22, 0, 1)]
    wall = Wall(tmp_path, lambda: times[0])
    wall.add(SEVEN, 1, 7)
    times.pop(0)
    assert wall.drawings == []


@pytest.mark.parametrize("line", [b"{", b"\xff", b'{"drawing":[]}', b'{"word":"x","drawing":[[[1],[2]]]}'])
def test_a_strange_line_hangs_nowhere(line: bytes, tmp_path: Path) -> None:
    Wall(tmp_path).add(SEVEN, 1, 7)
    path = next(tmp_path.glob("*.ndjson"))
    path.write_bytes(path.read_bytes() + line + b"\n")
    assert [drawing.word for drawing in Wall(tmp_path).drawings] == ["1"]


def test_a_full_disk_takes_nothing_off_the_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    book = Guestbook(Settings(event_keep=True))
    with monkeypatch.context() as patch:
        patch.setattr("model.files.os.fsync", full_disk)
        book.record(outcome(1))
    assert len(book.shown) == 1
    assert "No space left" in book.problem
    assert strokes_on_disk(event_folder()) == []
    book.record(outcome(2))
    assert book.problem == ""


@pytest.mark.parametrize("keep", [False, True])
def test_what_a_visitor_tells_goes_nowhere_else(
    keep: bool, session: Session, rng: np.random.Generator, tmp_path: Path
) -> None:
    session.settings.event_keep = keep
    clock = Clock()
    visitor = Visitor(Kiosk(session, (1920, 1080), rng, clock), clock)
    for name in ("yes", "no"):  # it reads a 7 each time
        visitor.seven()
        visitor.wait(1.1)
        visitor.tap(name)
    visitor.tap("3")
    visitor.wait(6)
    visitor.view.close()
    assert visitor.view.guestbook.tally.today.corrected[3] == 1
    kept = strokes_on_disk(tmp_path)
    assert [path.parent for path in kept] == ([event_folder()] if keep else [])
    assert len(Collection()) == 0


def test_the_wall_hangs_while_the_paper_is_empty(session: Session, rng: np.random.Generator) -> None:
    session.settings.event_keep = True
    Guestbook(session.settings).record(outcome(1))
    clock = Clock()
    visitor = Visitor(Kiosk(session, (1024, 600), rng, clock), clock)
    card = visitor.view.front.layout.card
    visitor.settle()
    with_wall = visitor.surface.subsurface(card).copy()
    visitor.seven()
    visitor.settle()
    visitor.tap("clear")
    visitor.settle()
    assert differing(with_wall, visitor.surface.subsurface(card)) == 0
    session.settings.event_keep = False
    visitor.seven()
    visitor.tap("clear")
    visitor.settle()
    assert differing(with_wall, visitor.surface.subsurface(card)) > 1000


def differing(a: pygame.Surface, b: pygame.Surface) -> int:
    """How many pixels are not the same."""
    return int(np.any(pygame.surfarray.array3d(a) != pygame.surfarray.array3d(b), axis=2).sum())


def test_twenty_four_hang_on_the_wall(tmp_path: Path) -> None:
    wall = Wall(tmp_path)
    for number in range(30):
        wall.add(stroke_drawing(None, number), number % 10, 8)
    for seen in (wall, Wall(tmp_path)):  # also after the program was started again
        assert [int(drawing.word or "") for drawing in seen.drawings] == [n % 10 for n in range(29, 5, -1)]
