"""A class writes its digits: by every hand, kept one by one, read unseen, and taken back by who wrote them."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pygame
import pytest

from app.canvas.ink import Ink
from app.class_mode.chart import ClassChart
from app.class_mode.turn import Stage, Turn
from app.retraining.form import RetrainForm
from app.session.session import Session
from app.store.collection import Collection
from app.store.collection_file import CollectionError, CollectionFile
from model.pictures.drawing import Drawing, Stroke
from tests.app.class_mode.conftest import ClassHands
from tests.app.conftest import FakeReader


def records(session: Session) -> list[dict[str, object]]:
    """What lies on the disk."""
    collection = session.corrections.collection
    assert collection is not None
    return [json.loads(line) for line in collection.path.read_text().splitlines()] if collection.path.exists() else []


def test_nothing_is_drawn_or_kept_before_consent(pupil: ClassHands, session: Session) -> None:
    assert pupil.screen.turn.stage is Stage.CONSENT
    pupil.draw()
    assert pupil.screen.ink.empty and not records(session)
    pupil.hands.click("decline")
    assert pupil.screen.turn.stage is Stage.DECLINED
    pupil.hands.click("next_pupil")
    assert pupil.screen.turn.stage is Stage.CONSENT and not records(session)


def test_a_turn_by_every_hand(press: Callable[[str], None], pupil: ClassHands, session: Session) -> None:
    press("agree")
    for _ in range(10):
        pupil.draw()
        press("next")
    assert pupil.screen.turn.stage is Stage.DONE
    kept = records(session)
    assert sorted(str(record["word"]) for record in kept) == list("0123456789")
    assert {record["writer"] for record in kept} == {1}
    press("delete")
    press("keep_all")
    assert len(records(session)) == 10
    press("delete")
    press("delete_all")
    assert pupil.screen.turn.stage is Stage.DELETED and not records(session)
    press("next_pupil")
    press("decline")


def test_keys_alone_agree_draw_and_go_on(pupil: ClassHands, session: Session) -> None:
    hands = pupil.hands
    hands.key(pygame.K_y, "y")
    asked = pupil.screen.turn.asked
    hands.key(pygame.K_SPACE, " ")
    hands.hold(pygame.K_DOWN)
    for _ in range(20):
        hands.frame(1 / 30)
    hands.release(pygame.K_DOWN)
    hands.key(pygame.K_SPACE, " ")
    hands.key(pygame.K_RETURN, "\r")
    (record,) = records(session)
    assert record["word"] == str(asked)
    hands.key(pygame.K_x, "x")
    assert len(pupil.screen.turn.written) == 2 and len(records(session)) == 1
    hands.key(pygame.K_ESCAPE)
    assert hands.view.screen is hands.view.pad


def test_every_digit_is_asked_for_once_in_an_order_of_chance(session: Session) -> None:
    orders = []
    for seed in range(30):
        turn = Turn(session, Ink(), np.random.default_rng(seed))
        turn.agree()
        order = []
        while turn.stage is Stage.WRITING:
            order.append(turn.asked)
            turn.skip()
        assert sorted(order) == list(range(10))
        orders.append(tuple(order))
    assert len(set(orders)) == 30
    again = Turn(session, Ink(), np.random.default_rng(3))
    again.agree()
    assert again.asked == orders[3][0]


def test_each_drawing_is_on_the_disk_before_the_next_digit_with_what_was_read(
    pupil: ClassHands, session: Session, reader: FakeReader
) -> None:
    pupil.hands.click("agree")
    before = reader.asked
    asked = [pupil.screen.turn.asked]
    pupil.draw()
    assert reader.asked == before  # nothing reads along
    assert "7" not in "".join(pupil.screen.heard.texts.values()).replace(str(asked[0]), "")
    pupil.hands.click("next")
    (record,) = records(session)
    assert (record["word"], record["reading"], record["network"]) == (str(asked[0]), 7, "cnn")


def test_what_was_read_is_shown_only_at_the_end(pupil: ClassHands) -> None:
    pupil.hands.click("agree")
    pupil.write(9)
    assert not pupil.screen.shown
    pupil.write(1)
    assert len(pupil.screen.shown) == 10
    assert "1 of 10" in pupil.screen.words[1]  # the stand-in reads all as 7


def test_an_empty_paper_is_not_kept(pupil: ClassHands, session: Session) -> None:
    pupil.hands.click("agree")
    pupil.hands.click("next")
    assert not records(session) and not pupil.screen.turn.written
    assert session.context.notices.items


def test_undo_takes_back_strokes_and_then_the_drawing_before(pupil: ClassHands, session: Session) -> None:
    hands = pupil.hands
    hands.click("agree")
    first = pupil.screen.turn.asked
    pupil.write(1)
    pupil.draw()
    hands.key(pygame.K_u, "u")
    assert pupil.screen.ink.empty and len(records(session)) == 1
    hands.click("undo")
    assert pupil.screen.turn.asked == first and not records(session)
    assert not pupil.screen.ink.empty  # the drawing is there again
    hands.click("next")
    assert [record["word"] for record in records(session)] == [str(first)]


def test_clear_empties_the_paper_and_undo_brings_it_back(pupil: ClassHands) -> None:
    pupil.hands.click("agree")
    pupil.draw()
    pupil.hands.key(pygame.K_c, "c")
    assert pupil.screen.ink.empty
    pupil.hands.click("undo")
    assert not pupil.screen.ink.empty
    pupil.hands.key(pygame.K_z, mod=pygame.KMOD_CTRL)
    pupil.hands.key(pygame.K_y, mod=pygame.KMOD_CTRL)
    assert not pupil.screen.ink.empty


def test_pupils_have_numbers_of_their_own_and_delete_only_theirs(pupil: ClassHands, session: Session) -> None:
    hands = pupil.hands
    hands.click("agree")
    pupil.write(10)
    hands.click("more")
    pupil.write(10)
    hands.click("next_pupil")
    hands.click("agree")
    pupil.write(10)
    assert Counter(record["writer"] for record in records(session)) == {1: 20, 2: 10}
    hands.click("delete")
    hands.click("delete_all")
    assert Counter(record["writer"] for record in records(session)) == {1: 20}


def test_no_undo_brings_deleted_drawings_back(pupil: ClassHands, session: Session) -> None:
    pupil.hands.click("agree")
    pupil.write(10)
    collection = session.corrections.collection
    assert collection is not None
    collection.relabel([collection.entries[3]], (collection.entries[3].digit + 1) % 10)
    collection.delete([collection.entries[2]])
    pupil.hands.click("delete")
    pupil.hands.click("delete_all")
    assert not collection.can_undo and not collection.undo()
    assert not records(session)


def test_a_turn_goes_on_where_it_was_left(pupil: ClassHands, session: Session) -> None:
    hands = pupil.hands
    hands.click("agree")
    pupil.write(3)
    pupil.draw()
    hands.key(pygame.K_ESCAPE)
    assert session.ink.empty and not session.reader.suspended
    hands.key(pygame.K_k, "k")
    assert len(pupil.screen.turn.written) == 3 and not pupil.screen.ink.empty
    hands.click("next")
    assert len(records(session)) == 4


def test_the_drawing_behind_rests_while_it_is_up_and_its_paper_holds_nothing_after(
    pupil: ClassHands, session: Session
) -> None:
    screen = pupil.screen
    pupil.hands.click("agree")
    assert session.reader.suspended and screen.drawing_area.ink_mask.size > 10_000
    pupil.hands.key(pygame.K_ESCAPE)
    assert not session.reader.suspended and screen.drawing_area.ink_mask.size < 10


def test_the_chart_and_the_training_are_a_key_away_and_letters_are_not(pupil: ClassHands) -> None:
    hands = pupil.hands
    for code in (pygame.K_m, pygame.K_n, pygame.K_d, pygame.K_i):
        hands.key(code)
        assert hands.view.screen is hands.view._class_screen
    hands.key(pygame.K_k, mod=pygame.KMOD_CTRL)
    assert isinstance(hands.view.screen, ClassChart)
    hands.key(pygame.K_ESCAPE)
    hands.key(pygame.K_k)
    hands.key(pygame.K_r, mod=pygame.KMOD_CTRL)
    assert isinstance(hands.view.screen, RetrainForm)


def test_what_the_disk_does_not_take_is_written_with_the_next(
    pupil: ClassHands, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise CollectionError("wrong.not_written", path=Path("there"), reason="No space left on device")

    pupil.hands.click("agree")
    with monkeypatch.context() as patch:
        patch.setattr(CollectionFile, "append", full)
        pupil.write(1)
        assert not records(session) and session.context.notices.items
    pupil.write(1)
    assert len(records(session)) == 2


def test_a_collection_that_cannot_be_read_asks_for_nothing(
    pupil: ClassHands, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(session.corrections), "collection", None)
    pupil.hands.click("agree")
    assert pupil.screen.turn.stage is Stage.CONSENT


def test_without_a_network_drawings_are_kept_unread(pupil: ClassHands, session: Session) -> None:
    session.reader.current = session.reader.network = None
    pupil.hands.click("agree")
    pupil.write(1)
    (record,) = records(session)
    assert (record["reading"], record["network"]) == (None, "")


def test_another_window_s_pupil_has_another_number(pupil: ClassHands, session: Session) -> None:
    assert pupil.screen.turn.writer == 1
    other = Collection()
    line = np.array([[1, 2], [3, 4]], np.float32)
    other.add(Drawing((Stroke(line),), extra={"writer": 1}), 5)
    pupil.hands.click("agree")
    pupil.write(1)
    assert [record["writer"] for record in records(session)] == [1, 2]


def test_a_left_hand_has_the_paper_at_the_right(pupil: ClassHands, session: Session) -> None:
    assert pupil.screen.layout.paper.right <= pupil.screen.layout.card.left
    session.settings.left_handed = True
    pupil.hands.view.resize(pupil.hands.view.size)
    layout = pupil.screen.layout
    assert layout.card.right <= layout.paper.left
    assert all(layout.card.contains(tool) for tool in layout.tools.values())


def test_the_window_may_change_its_size_in_the_middle_of_a_stroke(pupil: ClassHands, session: Session) -> None:
    hands = pupil.hands
    hands.click("agree")
    paper = pupil.screen.layout.paper
    hands.down((paper.left + 30, paper.top + 30))
    hands.move(paper.center)
    hands.view.resize((480, 800))
    hands.surface = pygame.Surface((480, 800))
    hands.frame()
    paper = pupil.screen.layout.paper
    hands.up(paper.center)
    hands.click("next")
    assert len(records(session)) == 1
