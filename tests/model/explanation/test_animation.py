"""The animation of a reading: what is seen when, and what it is saved as."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from model.explanation import animation
from model.handwriting.digits import write_digit
from model.network.layers import Dense, Flatten
from model.network.network import Network
from model.pictures.drawing import Drawing, Stroke
from model.reading.reader import Reader

TWO_STROKES = Drawing(
    (
        Stroke(np.array([(50, 40), (50, 140)], np.float32)),
        Stroke(np.array([(120, 40), (120, 240)], np.float32)),
    )
)


@pytest.fixture
def reader(rng: np.random.Generator) -> Reader:
    return Reader(Network([Flatten(), Dense(10)], rng=rng))


def length(drawing: Drawing) -> float:
    return sum(float(np.hypot(*np.diff(stroke.points, axis=0).T).sum()) for stroke in drawing.strokes)


def test_strokes_grow_at_one_pace_up_to_the_whole_drawing() -> None:
    lengths = [length(part) for part in animation.growing(TWO_STROKES)]
    rest = round(animation.BETWEEN * animation.RATE)
    assert lengths == sorted(lengths)
    assert lengths[-1] == pytest.approx(300)
    grown = np.diff(lengths)
    pace = 300 / round(animation.WRITING * animation.RATE)
    assert grown.max() == pytest.approx(pace, abs=0.01)
    assert (grown > pace - 0.01).sum() >= 41  # all but the last piece of each stroke
    assert np.isclose(lengths, 100).sum() == rest + 1
    assert len(lengths) == round(animation.WRITING * animation.RATE) + 2 * rest


@pytest.mark.parametrize("points", [[(128, 128)], [(128, 128), (128, 128)]])
def test_a_tap_grows_too(points: list[tuple[float, float]], reader: Reader) -> None:
    tap = Drawing((Stroke(np.array(points, np.float32)),))
    assert len(list(animation.frames(reader, tap))) > 5


def test_the_last_frame_shows_the_whole_drawing_and_its_bars(reader: Reader, rng: np.random.Generator) -> None:
    drawing = write_digit(3, rng)
    first, *_, last = (np.asarray(frame, int) for frame in animation.frames(reader, drawing))
    assert first.shape == (400, 720, 3)
    dark = [(frame[24:376, 24:376].sum(axis=2) < 200).sum() for frame in (first, last)]
    assert dark[0] < dark[1] / 3
    reading = reader.read_drawing(drawing)
    blue = np.abs(last - [0x2B, 0x62, 0xF0]).sum(axis=2) < 30
    row = 24 + 112 + animation.ROW * (reading.digit or 0)
    track = 720 - 24 - 20 - 56 - (2 * 24 + 352 + 20 + 20)
    assert blue[row].sum() == pytest.approx(track * reading.confidence, abs=5)


def test_the_answer_is_quiet_until_the_drawing_is_whole_and_the_bars_move_to_it(
    rng: np.random.Generator,
) -> None:
    network = Network([Flatten(), Dense(10)])
    network.vector[:] = 0
    network.arrays()["1.bias"][4] = 9  # a 4, surely, from the first frame on
    shown = [np.asarray(frame, int) for frame in animation.frames(Reader(network), TWO_STROKES)]
    glyph = [image[44:110, 430:490].sum(axis=2).min() for image in shown]
    written = len(list(animation.growing(TWO_STROKES)))
    assert min(glyph[:written]) > 200
    assert max(glyph[written:]) < 100
    blue = [(np.abs(image[136 + 4 * animation.ROW] - [0x2B, 0x62, 0xF0]).sum(axis=1) < 30).sum() for image in shown]
    assert 0 < blue[0] < blue[1] < blue[2] < blue[-1]


@pytest.mark.parametrize("form", ["webp", "gif"])
def test_it_is_saved_with_all_its_frames(
    form: str, reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(animation, "RATE", 8)
    out = tmp_path / f"out.{form}"
    animation.animate(reader, TWO_STROKES, out)
    with Image.open(out) as image:
        assert image.format == form.upper()
        assert image.size == (720, 400)
        assert image.n_frames > 10  # type: ignore[attr-defined]
        assert image.info["loop"] == 0  # for ever


def test_a_png_shows_its_end(reader: Reader, tmp_path: Path) -> None:
    animation.animate(reader, TWO_STROKES, tmp_path / "out.png")
    *_, last = animation.frames(reader, TWO_STROKES)
    with Image.open(tmp_path / "out.png") as image:
        assert np.array_equal(np.asarray(image), np.asarray(last))


@pytest.mark.parametrize(
    ("drawing", "name", "said"), [(TWO_STROKES, "out.mp4", ".webp"), (Drawing(()), "out.gif", "nothing is drawn")]
)
def test_what_cannot_be_shown_gets_one_sentence(
    drawing: Drawing, name: str, said: str, reader: Reader, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match=said):
        animation.animate(reader, drawing, tmp_path / name)
    assert list(tmp_path.iterdir()) == []
