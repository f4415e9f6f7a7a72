"""What every test needs: no display, one BLAS thread, and random numbers that repeat."""

import os
from typing import TYPE_CHECKING

import pytest

from model.cores import hold_blas_to_one_thread

if TYPE_CHECKING:
    import numpy as np

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"
hold_blas_to_one_thread()


@pytest.fixture
def rng() -> "np.random.Generator":
    """A generator with the same seed in every test."""
    import numpy as np

    return np.random.default_rng(0)
