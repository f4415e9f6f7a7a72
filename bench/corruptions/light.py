"""Light: too much of it, fog, stripes that are reversed."""

import numpy as np

BRIGHTER = 0.5
STRIPE = 7  # pixels at either side
FOG, FOG_DECAY = 3.0, 1.4  # how dense; how much smoother finer parts of it are
FOG_SIDE = 256  # of the map whose corner lies over a picture
FOGS_AT_ONCE = 100  # 26 MB


def brightness(pictures: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """All of it lighter."""
    return np.clip(pictures + BRIGHTER, 0, 1)


def stripe(pictures: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Black and white exchanged in an upright stripe at the left, and one at the right."""
    striped = pictures.copy()
    for part in (slice(None, STRIPE), slice(-STRIPE, None)):
        striped[:, :, part] = 1 - striped[:, :, part]
    return striped


def fog(pictures: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Clouds laid over the picture, which take contrast away."""
    _, height, width = pictures.shape
    parts = []
    for start in range(0, len(pictures), FOGS_AT_ONCE):
        part = pictures[start : start + FOGS_AT_ONCE]
        most = part.max(axis=(1, 2), keepdims=True)
        clouds = plasma(len(part), rng)[:, :height, :width]
        parts.append(np.clip((part + FOG * clouds) * most / (most + FOG), 0, 1))
    return np.concatenate(parts)


def plasma(count: int, rng: np.random.Generator) -> np.ndarray:
    """(count, 256, 256) clouds from 0 to 1, by the diamond-square algorithm on a torus.

    Fournier, Fussell and Carpenter, "Computer rendering of stochastic models", Communications of the ACM 25, 1982.
    """
    clouds = np.zeros((count, FOG_SIDE, FOG_SIDE), np.float32)
    step, height = FOG_SIDE, 100.0
    while step >= 2:
        half = step // 2
        corners = clouds[:, ::step, ::step]
        clouds[:, half::step, half::step] = _middles(corners, corners, (1, 1), rng, height)
        centres = clouds[:, half::step, half::step]
        clouds[:, ::step, half::step] = _middles(centres, corners, (0, 1), rng, height)
        clouds[:, half::step, ::step] = _middles(centres, corners, (1, 0), rng, height)
        step, height = half, height / FOG_DECAY
    clouds -= clouds.min(axis=(1, 2), keepdims=True)
    return clouds / clouds.max(axis=(1, 2), keepdims=True)


def _middles(
    a: np.ndarray, b: np.ndarray, toward: tuple[int, int], rng: np.random.Generator, height: float
) -> np.ndarray:
    """The mean of four neighbours, and some chance."""
    if toward == (1, 1):
        mean = (a + np.roll(a, -1, 1) + np.roll(a, -1, 2) + np.roll(a, (-1, -1), (1, 2))) / 4
    elif toward == (0, 1):  # between two corners of a row: centres above and below
        mean = (a + np.roll(a, 1, 1) + b + np.roll(b, -1, 2)) / 4
    else:
        mean = (a + np.roll(a, 1, 2) + b + np.roll(b, -1, 1)) / 4
    return mean + rng.uniform(-(height**2), height**2, mean.shape).astype(np.float32)
