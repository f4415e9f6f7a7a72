"""Text: measuring, cutting and wrapping."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import memory
from app.ui.typeface import KEPT_BYTES, Typeface

words = st.text(alphabet="abcdefghij WMil", min_size=1, max_size=60)


@settings(deadline=None, max_examples=60)
@given(words, st.integers(30, 300), st.booleans())
def test_shortened_text_fits(text: str, room: int, keep_end: bool) -> None:
    face = Typeface()
    short = face.shorten(text, 14, "regular", room, keep_end=keep_end)
    assert face.width(short, 14) <= room
    assert short == text or "…" in short


@settings(deadline=None, max_examples=60)
@given(words, st.integers(60, 300))
def test_wrapping_keeps_every_word_in_order(text: str, room: int) -> None:
    lines = Typeface().wrap(text, 14, "regular", room)
    assert " ".join(lines).split() == text.split()


def test_fitting_takes_the_largest_size_that_goes() -> None:
    face = Typeface()
    room = face.width("Not sure", 20, "display")
    assert face.fit("Not sure", [26, 20, 16], "display", room) == (20, ["Not sure"])


def test_what_never_fits_is_cut() -> None:
    size, lines = Typeface().fit("a very long sentence that does not end", [12], "regular", 60, 2)
    assert size == 12
    assert len(lines) == 2
    assert lines[1].endswith("…")


@pytest.mark.parametrize("sign", "0123456789?%·…←↑→↓–×’äöüßéèñçœ¿¡")
def test_the_font_has_every_sign_that_is_used(sign: str) -> None:
    metrics = Typeface().font("regular", 20).metrics(sign)
    assert metrics[0] is not None


def test_a_long_day_of_texts_takes_no_more_memory_than_its_share() -> None:
    face = Typeface()
    for number in range(400):
        face.render(f"{number / 10:.1f} s of all sorts of texts", 96, "display", (0, 0, 0))
    kept = sum(piece.get_pitch() * piece.get_height() for piece in face._pieces.values())
    assert KEPT_BYTES * 0.8 < kept <= KEPT_BYTES
    first = face.render("0.0 s of all sorts of texts", 96, "display", (0, 0, 0))
    assert face.render("0.0 s of all sorts of texts", 96, "display", (0, 0, 0)) is first


@pytest.mark.skipif(memory.handles() is None, reason="this system does not tell")
def test_no_size_of_type_keeps_a_file_open() -> None:
    face = Typeface()
    face.font("regular", 20)
    before = memory.handles()
    for size in range(21, 60):
        face.font("regular", size)
    assert memory.handles() == before
