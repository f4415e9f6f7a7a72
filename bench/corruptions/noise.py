"""Noise: too little light, dead pixels, splashes of mud."""

import numpy as np

from bench.corruptions.smoothing import smoothed

LIGHT = 3  # grains of light that make a white pixel
DEAD = 0.17  # of all pixels
MUD, MUD_SPREAD, MUD_FROM = 0.65, 0.3, 0.65  # mean, standard deviation and limit of the field that splashes are made of
MUD_SIZE, MUD_EDGE, MUD_SOLID = 1.0, 1.5, 0.8  # pixels, pixels, and the least that stays
MUD_GREY = 63 / 255


def shot_noise(pictures: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Each pixel counts a few grains of light, by Poisson's law."""
    return np.clip(rng.poisson(pictures * LIGHT) / LIGHT, 0, 1)


def impulse_noise(pictures: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Pixels anywhere are black or white."""
    dead = rng.random(pictures.shape) < DEAD
    return np.where(dead, rng.integers(0, 2, pictures.shape), pictures)


def spatter(pictures: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Splashes of dark grey mud lie over the picture."""
    field = smoothed(rng.normal(MUD, MUD_SPREAD, pictures.shape).astype(np.float32), MUD_SIZE)
    mud = smoothed((field > MUD_FROM).astype(np.float32), MUD_EDGE)
    mud[mud < MUD_SOLID] = 0
    return pictures * (1 - mud) + MUD_GREY * mud
