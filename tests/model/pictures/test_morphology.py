"""The largest value around each pixel."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from model.pictures.morphology import max_filter


@given(st.integers(1, 14), st.integers(1, 14), st.integers(1, 31), st.integers(0, 999))
def test_it_is_the_largest_within_the_square(height: int, width: int, side: int, seed: int) -> None:
    picture = np.random.default_rng(seed).random((height, width), np.float32)
    reach = side // 2
    for (y, x), value in np.ndenumerate(max_filter(picture, side)):
        around = picture[max(0, y - reach) : y + reach + 1, max(0, x - reach) : x + reach + 1]
        assert value == around.max()
