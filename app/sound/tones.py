"""Tones: short sounds as arrays, for what is otherwise only seen."""

from __future__ import annotations

import math

import numpy as np

RATE = 44_100  # samples a second
FADE = 0.012  # seconds in which a tone comes and goes: cut off at once it would click
LOUDNESS = 0.22  # of the loudest possible
GUESSING = math.log(10)  # the loss of a network that knows nothing of ten digits
GUESSING_AT = 880.0  # Hz: the tone of that loss
LOWEST, HIGHEST = 110.0, 1760.0  # Hz


def tone(frequency: float, seconds: float, *, loudness: float = LOUDNESS, pan: float = 0.5) -> np.ndarray:
    """A soft tone of a frequency in Hz: (samples, 2) int16. pan: from 0, all at the left, to 1, all at the right."""
    time = np.arange(round(seconds * RATE), dtype=np.float32) / RATE
    wave = np.sin(2 * np.pi * frequency * time) + 0.25 * np.sin(4 * np.pi * frequency * time)
    edge = np.minimum(time, time[-1] - time) / FADE
    wave *= 0.5 - 0.5 * np.cos(np.pi * np.minimum(edge, 1)) if len(time) else 1
    sides = np.array([math.cos(pan * math.pi / 2), math.sin(pan * math.pi / 2)], np.float32)
    return np.round(32767 * loudness / 1.25 * wave[:, None] * sides).astype(np.int16)


def sure_sign() -> np.ndarray:
    """Two tones, the second a fifth higher: the answer is sure. (samples, 2) int16."""
    return np.concatenate([tone(587.3, 0.11), tone(880.0, 0.22)])


def doubt_sign() -> np.ndarray:
    """Two deeper tones, the second a little lower: the answer is not sure. (samples, 2) int16."""
    return np.concatenate([tone(392.0, 0.16), tone(349.2, 0.26)])


def loss_tone(loss: float) -> np.ndarray:
    """A tone that is the lower the smaller the loss is (0 or more). (samples, 2) int16."""
    share = max(loss, 1e-6) / GUESSING
    return tone(min(max(GUESSING_AT * share**0.4, LOWEST), HIGHEST), 0.12)


def pen_tone(x: float, y: float, *, down: bool) -> np.ndarray:
    """Where a pen is on the paper (0..1 each, from the top left): the higher up the higher, to the left or right as it
    is, and louder while the pen is down. (samples, 2) int16."""
    return tone(880.0 * 2 ** (-2 * y), 0.05, loudness=LOUDNESS if down else LOUDNESS / 3, pan=x)
