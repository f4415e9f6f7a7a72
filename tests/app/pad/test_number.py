"""A number on the paper, driven by a hand's events: its digits, its marks, the bars of the digit that is chosen."""

from dataclasses import replace
from pathlib import Path

import pygame
import pytest
from PIL import Image, ImageDraw, ImageFont

from app.main_view import MainView
from app.messages import Messages
from app.session.session import Session
from app.store.networks import LoadedNetwork
from app.store.settings import Settings
from app.ui.context import Context
from model.network.network import Network
from model.reading.reader import Reader
from tests.app.hands import Hands

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def network() -> Network:
    return Network.load(ROOT / "weights" / "cnn.npz")


@pytest.fixture
def hands(network: Network) -> Hands:
    session = Session(Settings(live=False), Context(Messages("en")), reads_numbers=True)
    session.reader.adopt(LoadedNetwork("cnn", Path("cnn.npz"), network), Reader(network))
    return Hands(MainView(session, (1180, 720), lambda: None), [])


def write_471(hands: Hands) -> None:
    """A 4 and a 7 of two strokes each, and a 1."""
    hands.draw((45, 80), (20, 140), (65, 142))
    hands.draw((52, 110), (50, 180))
    hands.draw((95, 80), (145, 80), (112, 180))
    hands.draw((100, 130), (142, 128))
    hands.draw((180, 105), (205, 80), (205, 180))


def test_digits_beside_each_other_are_read_as_a_number(hands: Hands) -> None:
    write_471(hands)
    hands.key(pygame.K_s, "s")
    assert hands.view.pad.answer.glyph == "471"
    assert len(hands.session.reader.figures) == 3
    assert [hands.rect(f"figure_{i}").left for i in range(3)] == sorted(
        hands.rect(f"figure_{i}").left for i in range(3)
    )


@pytest.mark.parametrize("way", ["click", "tap", "keys"])
def test_the_bars_are_those_of_the_chosen_digit(hands: Hands, way: str) -> None:
    write_471(hands)
    hands.key(pygame.K_s, "s")
    for place, digit in ((2, 1), (0, 4)):
        name = f"figure_{place}"
        if way == "keys":
            for _ in range(60):
                hands.key(pygame.K_TAB)
                if hands.view.pad.controls.focused == name:
                    break
            hands.key(pygame.K_RETURN, "\r")
        else:
            getattr(hands, way)(name)
        hands.settle()
        assert hands.session.reader.chosen == place
        assert hands.view.pad.bars.shown.argmax() == digit
    assert hands.view.pad.answer.glyph == "471"


def test_marks_lie_around_the_digits_and_not_while_a_hand_draws(hands: Hands) -> None:
    def shown() -> bytes:
        canvas = hands.view.pad.layout.canvas
        return pygame.image.tobytes(hands.surface.subsurface(canvas), "RGB")

    write_471(hands)
    hands.move((2, 2), pressed=False)
    unread = shown()
    hands.key(pygame.K_s, "s")
    marked = shown()
    assert marked != unread
    hands.click("figure_2")
    hands.move((2, 2), pressed=False)
    assert shown() not in (marked, unread)
    hands.down(hands.on_paper(230, 30))
    assert not hands.view.pad.marks()


def test_one_digit_is_shown_as_ever(hands: Hands) -> None:
    hands.draw((60, 60), (190, 60), (110, 220))
    hands.key(pygame.K_s, "s")
    assert (hands.view.pad.answer.glyph, hands.view.pad.answer.headline) == ("7", "It is a 7.")
    assert hands.session.reader.figures == ()
    assert not [item for item in hands.view.pad.controls.items if item.name.startswith("figure_")]


def test_what_is_told_goes_to_the_chosen_digit_alone(hands: Hands) -> None:
    write_471(hands)
    hands.key(pygame.K_s, "s")
    hands.click("figure_1")
    hands.key(pygame.K_y, "y")
    collection = hands.session.corrections.collection
    assert collection is not None
    (entry,) = collection.entries
    assert entry.digit == 7
    assert len(entry.drawing.strokes) == 2
    assert hands.session.corrections.verdict is not None
    hands.click("figure_0")
    assert hands.session.corrections.verdict is None


def test_a_picture_of_a_number_is_read_when_it_is_opened(hands: Hands, tmp_path: Path) -> None:
    image = Image.new("RGB", (500, 300), "white")
    font = ImageFont.truetype(str(ROOT / "assets/fonts/Inter-Regular.otf"), 120)
    ImageDraw.Draw(image).text((60, 60), "205", "black", font)
    image.save(tmp_path / "number.png")
    assert hands.session.open(tmp_path / "number.png")
    hands.frame()
    assert hands.view.pad.answer.glyph == "205"
    canvas = hands.view.pad.layout.canvas
    marks = hands.view.pad.marks()
    assert len(marks) == 3
    assert all(canvas.contains(mark) for mark in marks)
    assert abs(marks[0].left - (canvas.left + 66 * canvas.width / 500)) < 0.04 * canvas.width


def test_a_sign_is_no_digit_to_choose(hands: Hands) -> None:
    for x in (60, 140):
        hands.draw((x, 80), (x, 120), (x, 160))
    hands.draw((100, 160), (96, 170), (92, 178))
    hands.key(pygame.K_s, "s")
    assert hands.view.pad.answer.glyph == "1,1"
    enabled = [item.enabled for item in hands.view.pad.controls.items if item.name.startswith("figure_")]
    assert enabled == [True, False, True]
    hands.click("figure_2")
    assert hands.view.pad.bars_title == "Digit 2 of 2"
    hands.click("figure_1")
    assert hands.session.reader.chosen == 2


def test_another_digit_on_the_page_chooses_the_largest_again(hands: Hands) -> None:
    write_471(hands)
    hands.key(pygame.K_s, "s")
    reader = hands.session.reader
    assert reader.number is not None
    reader.choose_figure(len(reader.figures))  # there is none
    assert reader.chosen == reader.number.largest
    other = next(place for place in range(3) if place != reader.number.largest)
    reader.choose_figure(other)
    hands.key(pygame.K_s, "s")
    assert reader.chosen == other
    hands.draw((235, 120), (238, 180))
    hands.key(pygame.K_s, "s")
    assert len(reader.figures) == 4
    assert reader.chosen == reader.number.largest != other


def test_a_digit_that_becomes_a_sign_is_not_chosen_any_more(hands: Hands) -> None:
    """While a number is drawn: what was the largest digit may turn out to be the stroke of a minus."""
    write_471(hands)
    hands.key(pygame.K_s, "s")
    reader = hands.session.reader
    reader.choose_figure(1)
    read = reader.number
    assert read is not None
    first, second, third = read.figures
    minus = replace(read, lines=((first, replace(second, sign="-"), third),))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("model.reading.number_reader.read_numbers", lambda *_: [minus])
        hands.draw((235, 30), (235, 40))
        hands.key(pygame.K_s, "s")
    assert reader.number is minus
    assert reader.chosen == minus.largest != 1
    assert reader.reading is minus.figures[minus.largest].reading


def orange(hands: Hands, mark: pygame.Rect) -> int:
    """How many pixels of the frame round left-out ink are in a rectangle of the window."""
    colour = hands.view.context.theme.against
    area = hands.surface.subsurface(mark)
    return sum(area.get_at((x, y))[:3] == colour for x in range(mark.width) for y in (0, mark.height - 1))


def test_ink_that_was_left_out_is_framed_in_dashes_and_said(hands: Hands) -> None:
    for x in (40, 200):
        hands.draw((x, 60), (x, 120), (x, 200))
    hands.draw((118, 75), (124, 92))
    hands.key(pygame.K_s, "s")
    pad = hands.view.pad
    assert pad.answer.glyph == "11" and "left out" in pad.answer.headline
    (frame,) = pad.unread_marks()
    middle = hands.on_paper(121, 83)
    assert frame.collidepoint(middle) and frame.width < pad.layout.canvas.width / 4
    assert 0.3 * frame.width < orange(hands, frame) < 1.8 * frame.width
    hands.key(pygame.K_u, "u")
    hands.frame()
    assert not pad.unread_marks() and not orange(hands, frame)


def test_one_digit_with_ink_left_out_is_framed_too(hands: Hands) -> None:
    hands.draw((60, 60), (190, 60), (110, 220))
    hands.key(pygame.K_s, "s")
    reader = hands.session.reader
    assert reader.number is not None and reader.unread_boxes == ()
    reader.number = replace(reader.number, left_out=((10.0, 10.0, 5.0, 5.0),))
    hands.frame()
    assert len(hands.view.pad.unread_marks()) == 1
    assert hands.view.pad.answer.glyph == "7?"


def test_a_page_with_too_many_marks_is_framed_as_a_whole(hands: Hands) -> None:
    hands.draw((60, 60), (190, 60), (110, 220))
    hands.key(pygame.K_s, "s")
    reader = hands.session.reader
    assert reader.number is not None
    reader.number = replace(reader.number, too_many=True)
    assert reader.unread_boxes == (reader.number.figures[0].box,)
    assert "Too many" in hands.view.pad.answer.headline
