"""The fifteen corruptions of MNIST-C, made anew.

Mu and Gilmer, "MNIST-C: A Robustness Benchmark for Computer Vision", 2019, arXiv 1906.02337. Kinds and strengths are
theirs; the code is our own, so single pixels differ. Each takes (N, 28, 28) float32 pictures, ink 1 on 0, and a
generator, and returns other ones of the same shape, 0..1; what it was given stays as it was.
"""

from collections.abc import Callable

import numpy as np

from bench.corruptions.blur import glass_blur, motion_blur
from bench.corruptions.edges import canny_edges
from bench.corruptions.light import brightness, fog, stripe
from bench.corruptions.lines import dotted_line, zigzag
from bench.corruptions.noise import impulse_noise, shot_noise, spatter
from bench.corruptions.warps import rotate, scale, shear, translate

Corruption = Callable[[np.ndarray, np.random.Generator], np.ndarray]

CORRUPTIONS: tuple[Corruption, ...] = (
    shot_noise,
    impulse_noise,
    glass_blur,
    motion_blur,
    shear,
    scale,
    rotate,
    brightness,
    translate,
    stripe,
    fog,
    spatter,
    dotted_line,
    zigzag,
    canny_edges,
)
