"""What every test needs: no display, no one's own settings, one BLAS thread, and random numbers that repeat."""

import os
import signal
import tempfile
from typing import TYPE_CHECKING

import pytest

from model.cores import hold_blas_to_one_thread

if TYPE_CHECKING:
    import numpy as np

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"
HOME = tempfile.TemporaryDirectory(prefix="digitpad-tests-", ignore_cleanup_errors=True)
os.environ["DIGITPAD_CONFIG"] = os.environ["DIGITPAD_DATA"] = HOME.name
hold_blas_to_one_thread()
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell that starts the tests in the background has Ctrl+C ignored, and programs that the tests start inherit it.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def rng() -> "np.random.Generator":
    """A generator with the same seed in every test."""
    import numpy as np

    return np.random.default_rng(0)
