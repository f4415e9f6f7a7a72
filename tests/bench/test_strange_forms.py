"""Strange forms: each keeps the person's strokes and stands on its canvas."""

import numpy as np
import pytest

from bench.strange_forms import FORMS, made
from model.pictures.drawing import Drawing, Stroke

HOOK = Drawing((Stroke(np.array([[300, 400], [500, 100], [500, 900]], np.float32)),), (1000, 1000), "1")


@pytest.mark.parametrize(("name", "added"), [("1 with a crossbar", 1), ("0 with a dot", 1), ("7 with two bars", 2)])
def test_strokes_are_added_across_the_ink(name: str, added: int, rng: np.random.Generator) -> None:
    drawing = made(name, HOOK, rng)
    assert len(drawing.strokes) == 1 + added
    assert drawing.word == "1"
    whole = np.concatenate([stroke.points for stroke in drawing.strokes])
    extra = np.concatenate([stroke.points for stroke in drawing.strokes[1:]])
    assert whole.min() >= 28 - 1e-3 and whole.max() <= 228 + 1e-3
    assert whole[:, 1].min() < extra[:, 1].min() < extra[:, 1].max() < whole[:, 1].max()


def test_a_mirrored_form_is_mirrored_and_an_upside_down_one_turned(rng: np.random.Generator) -> None:
    assert made("mirrored 3", HOOK, rng).strokes[0].points.tolist() == [[78, 103], [28, 28], [28, 228]]
    turned = made("upside-down 4", HOOK, rng).strokes[0].points
    np.testing.assert_allclose(turned, [[78, 153], [28, 228], [28, 28]], atol=1e-3)


def test_every_form_has_its_digit() -> None:
    assert [digit for digit, _ in FORMS.values()] == ["1", "3", "0", "7", "4"]
