"""What was learned at once on the disk: as it was, or one sentence, whatever the file holds."""

import zipfile
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from app.store import learned
from app.store.networks import LoadedNetwork
from model.network.growth import Detector
from model.pictures.drawing import Drawing, Stroke
from model.training.at_once import Form
from tests.app.learners import form_of, loaded


@pytest.fixture
def base(tmp_path: Path) -> LoadedNetwork:
    return loaded(tmp_path / "weights" / "cnn.npz")


def drawing(word: str | None = "7") -> Drawing:
    return Drawing((Stroke(np.array([[60, 60], [190, 60], [110, 220]], np.float32)),), word=word)


def test_what_was_learned_comes_back_to_the_bit(base: LoadedNetwork) -> None:
    weight = np.random.default_rng(0).standard_normal(784, np.float32)
    forms = (Form((drawing(), drawing()), Detector(7, weight, 1 / 3, 0.1, 12.5)), form_of(base.network, drawing("2")))
    learned.save(base, forms)
    for known, form in zip(learned.load(base), forms, strict=True):
        np.testing.assert_array_equal(known.detector.weight, form.detector.weight)
        for name in ("digit", "at", "width", "strength"):
            assert getattr(known.detector, name) == getattr(form.detector, name)
        assert [some.to_json() for some in known.drawings] == [some.to_json() for some in form.drawings]
    learned.save(base, ())
    assert learned.load(base) == ()


def test_a_network_with_other_weights_knows_nothing_of_it(base: LoadedNetwork, tmp_path: Path) -> None:
    learned.save(base, (form_of(base.network, drawing()),))
    other = loaded(base.path, seed=1)
    assert learned.load(other) == ()
    assert len(learned.load(base)) == 1


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        (Form((), Detector(7, np.zeros(784, np.float32), 0, 1, 1)), "without drawings"),
        (Form((drawing("2"),), Detector(7, np.zeros(784, np.float32), 0, 1, 1)), "without drawings"),
        (Form((drawing(None),), Detector(7, np.zeros(784, np.float32), 0, 1, 1)), "without drawings"),
        (Form((Drawing((), word="7"),), Detector(7, np.zeros(784, np.float32), 0, 1, 1)), "without drawings"),
        (Form((drawing(),), Detector(10, np.zeros(784, np.float32), 0, 1, 1)), "no digit 10"),
        (Form((drawing(),), Detector(7, np.zeros(783, np.float32), 0, 1, 1)), "do not fit together"),
        (Form((drawing(),), Detector(7, np.zeros(784, np.float32), 0, 0, 1)), "no number"),
        (Form((drawing(),), Detector(7, np.full(784, np.nan, np.float32), 0, 1, 1)), "no number"),
    ],
)
def test_a_form_that_cannot_be_one_is_told_in_a_sentence(base: LoadedNetwork, form: Form, reason: str) -> None:
    learned.save(base, (form,))
    with pytest.raises(learned.LearnedError, match=r"cannot be read: .*" + reason):
        learned.load(base)


def test_a_file_cut_or_changed_anywhere_is_read_or_told_in_a_sentence(base: LoadedNetwork) -> None:
    learned.save(base, (form_of(base.network, drawing()),))
    path = learned.file_of(base)
    whole = path.read_bytes()
    rng = np.random.default_rng(0)
    for number in range(150):
        changed = bytearray(whole)
        for place in rng.integers(len(whole), size=3):
            changed[place] = rng.integers(256)
        path.write_bytes(changed if number % 3 else whole[: int(rng.integers(len(whole)))])
        with suppress(learned.LearnedError):  # and nothing else
            assert len(learned.load(base)) == 1


def test_a_file_that_would_unpack_to_gigabytes_is_not_unpacked(base: LoadedNetwork) -> None:
    path = learned.file_of(base)
    path.parent.mkdir(parents=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("weights", "numbers", "drawings"):
            archive.writestr(f"{name}.npy", bytes(learned.LARGEST // 2))
    assert path.stat().st_size < 2**20
    with pytest.raises(learned.LearnedError, match="it is too large"):
        learned.load(base)
