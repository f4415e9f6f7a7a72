"""Weights with 8 bits each: whole numbers from -127 to 127, and for each output channel the size of a step.

Symmetric rounding by channel as in Krishnamoorthi 2018 ("Quantizing deep convolutional networks for efficient
inference", arXiv 1806.08342, p. 6 and 14). It is a form of files: a network reads with float32 all the same.
"""

import numpy as np

MOST = 127


def to_eight_bits(weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(..., channels) float32 -> the same shape in int8, and (channels,) float32 steps."""
    greatest = np.abs(weight).reshape(-1, weight.shape[-1]).max(axis=0, initial=0)
    steps = np.where(greatest > 0, greatest / MOST, 1).astype(np.float32)
    return np.rint(weight / steps).clip(-MOST, MOST).astype(np.int8), steps


def from_eight_bits(whole: np.ndarray, steps: np.ndarray) -> np.ndarray:
    """What `to_eight_bits` gave -> float32 weights, each off by half a step of its channel at most."""
    return whole * steps
