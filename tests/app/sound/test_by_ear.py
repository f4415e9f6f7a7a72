"""By ear: the program used with keys from the spoken words alone."""

import re
from collections.abc import Callable

import pygame
import pytest

from app.main_view import MainView
from app.messages import Messages
from app.session.session import Session
from app.sound.audio import Audio
from app.store.settings import Settings
from app.ui.context import Context
from tests.app.conftest import SIZE, FakeReader
from tests.app.sound.conftest import FakeVoice, Listener


@pytest.fixture
def reader_of_digits(voice: FakeVoice, make_audio: Callable[[Session], Audio]) -> Listener:
    """Somebody at the program with the network that ships."""
    session = Session(Settings(voice=True, learn_at_once=False), Context(Messages("en")), reads_numbers=True)
    session.reader.use_network("cnn")
    return Listener(MainView(session, SIZE, lambda: None, make_audio(session)), voice)


def test_a_one_is_drawn_read_and_corrected_from_the_words_alone(reader_of_digits: Listener) -> None:
    listener = reader_of_digits
    said = listener.heard
    assert "The arrow keys move the pen, Space puts it down" in said and "S reads" in said and "empty" in said

    place = listener.hold_until(pygame.K_UP, "Top.")
    across, down = map(int, re.findall(r"\d+", place))
    assert across == 50 and 25 <= down <= 34
    assert "Pen down." in listener.press(pygame.K_SPACE)
    listener.hold_until(pygame.K_DOWN, "Bottom.")
    said = listener.press(pygame.K_SPACE)
    assert "Pen up." in said and "1 stroke on the paper." in said

    said = listener.press(pygame.K_s, "s")
    read = re.search(r"It is a (\d)\. ([\d.]+)% sure", said)
    assert read is not None and read[1] == "1" and float(read[2]) > 80
    keys = re.search(r"press (\w), else press the true digit", said)
    assert keys is not None

    said = listener.press(pygame.K_7, "7")
    assert "Noted: it was a 7." in said
    takes_back = re.search(r"(\w) takes that back", said)
    assert takes_back is not None
    assert "press the true digit" in listener.press(ord(takes_back[1].lower()), takes_back[1].lower())
    assert "Noted: a 1." in listener.press(ord(keys[1].lower()), keys[1].lower())
    collection = listener.session.corrections.collection
    assert collection is not None and [(entry.digit, entry.reading) for entry in collection.entries] == [(1, 1)]


def test_an_answer_is_said_again_when_it_is_asked_for_again(listener: Listener) -> None:
    listener.draw((60, 60), (190, 60), (110, 220))
    assert "It is a 7. 98.6% sure." in listener.press(pygame.K_s, "s")
    assert "It is a 7. 98.6% sure." in listener.press(pygame.K_RETURN)


def test_doubt_is_said_with_both_digits(listener: Listener, reader: FakeReader) -> None:
    reader.probabilities[:] = 0.01
    reader.probabilities[[4, 9]] = 0.52, 0.4
    listener.draw((60, 60), (190, 60), (110, 220))
    said = listener.press(pygame.K_s, "s")
    assert "Not sure: 4 or 9? 4: 52.0%, 9: 40.0%." in said and "Which was it? Press the digit." in said


def test_undo_and_clear_say_what_is_left(listener: Listener) -> None:
    listener.draw((60, 60), (190, 60))
    listener.draw((60, 90), (190, 90))
    assert "1 stroke on the paper." in listener.press(pygame.K_u, "u")
    assert "The paper is empty." in listener.press(pygame.K_c, "c")
    assert "There is nothing to read yet" in listener.press(pygame.K_s, "s")


def test_the_eraser_says_that_it_is_one(listener: Listener) -> None:
    listener.press(pygame.K_e, "e")
    assert "Eraser down." in listener.press(pygame.K_SPACE)
    assert "Eraser up." in listener.press(pygame.K_SPACE)


def test_menu_and_dialogs_say_their_title_and_the_row_with_the_focus(listener: Listener) -> None:
    assert listener.press(pygame.K_m, "m") == "Menu."
    assert re.fullmatch(r"Open …, Ctrl O\. 3 of \d+\.", listener.press(pygame.K_DOWN))
    listener.press(pygame.K_ESCAPE)
    assert listener.press(pygame.K_F3) == "Ease of use."
    said = [listener.press(pygame.K_DOWN) for _ in range(6)]
    assert said[0] == "Text size, normal. 1 of 6." and said[5] == "Speak answers, on. 6 of 6."
    assert listener.press(pygame.K_UP) == "Sounds, off. 5 of 6."
    assert listener.press(pygame.K_RETURN) == "Sounds, on. 5 of 6."


def test_buttons_say_what_they_do_and_their_key(listener: Listener) -> None:
    said = [listener.press(pygame.K_TAB) for _ in range(4)]
    assert any("Draw a digit here." in text for text in said)
    assert any("Read the drawing, S." in text for text in said)


def test_a_key_breaks_off_what_is_being_said(listener: Listener, voice: FakeVoice) -> None:
    before = voice.hushed
    listener.press(pygame.K_F1)
    assert voice.hushed == before + 1


def test_help_reads_the_keys_that_draw_first(listener: Listener) -> None:
    said = listener.press(pygame.K_F1)
    assert said.startswith("Help. 0 to 9: Say which digit it truly was. ")
    assert said.index("Space: Put the pen down, or lift it.") < said.index("S Enter: Read the drawing.")
    assert "left bracket: Thinner pen." in said and "[" not in said


def test_it_speaks_the_language_in_use(listener: Listener, voice: FakeVoice) -> None:
    listener.session.choose_language("de")
    listener.frame()
    voice.said.clear()
    listener.key(pygame.K_m, "m")
    assert voice.said == [("de", "Menü.")]
