"""Tones: what they tell by their height, and that they do not click."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sound.tones import RATE, doubt_sign, loss_tone, pen_tone, sure_sign, tone


def pitch(samples: np.ndarray) -> float:
    """The strongest frequency, in Hz."""
    wave = samples.sum(axis=1, dtype=float)
    spectrum = np.abs(np.fft.rfft(wave, 1 << 15))
    return float(spectrum.argmax()) * RATE / (1 << 15)


def test_a_tone_has_its_frequency_and_length() -> None:
    samples = tone(440, 0.25)
    assert samples.shape == (round(0.25 * RATE), 2) and samples.dtype == np.int16
    assert pitch(samples) == pytest.approx(440, abs=8)


@pytest.mark.parametrize(
    "samples", [tone(200, 0.05), sure_sign(), doubt_sign(), loss_tone(2.3), pen_tone(0.3, 0.6, down=True)]
)
def test_nothing_clicks_or_is_loud(samples: np.ndarray) -> None:
    assert np.abs(samples[[0, -1]]).max() < 100
    assert np.abs(np.diff(samples.astype(int), axis=0)).max() < 2000
    assert 500 < np.abs(samples).max() < 10_000


def test_the_tone_falls_with_the_loss() -> None:
    pitches = [pitch(loss_tone(loss)) for loss in (2.3, 1.0, 0.3, 0.1, 0.03)]
    assert pitches == sorted(pitches, reverse=True)
    assert pitches[0] > 4 * pitches[-1]


@given(loss=st.floats(0, 1e30))
def test_any_loss_has_a_tone_that_can_be_heard(loss: float) -> None:
    assert 100 < pitch(loss_tone(loss)) < 1800


def test_sure_rises_and_doubt_falls() -> None:
    for samples, sign in ((sure_sign(), 1), (doubt_sign(), -1)):
        first, last = samples[: RATE // 10], samples[-RATE // 10 :]
        assert np.sign(pitch(last) - pitch(first)) == sign


def test_the_pen_is_higher_farther_up_to_the_side_where_it_is_and_louder_when_down() -> None:
    assert pitch(pen_tone(0.5, 0.1, down=True)) > pitch(pen_tone(0.5, 0.9, down=True))
    left, right = np.abs(pen_tone(0.1, 0.5, down=True)).max(axis=0)
    assert left > right
    assert np.abs(pen_tone(0.5, 0.5, down=True)).max() > np.abs(pen_tone(0.5, 0.5, down=False)).max()
