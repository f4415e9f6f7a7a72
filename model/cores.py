"""How the processor's cores are shared out. Imports no numpy, so that it can run before numpy does."""

import os
import sys

_VARIABLES = (
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "OMP_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "BLIS_NUM_THREADS",
)


def hold_blas_to_one_thread() -> None:
    """Ask every BLAS that numpy may be built with for one thread; `model` does so when any part of it is imported.

    Training shares a batch out over Python threads instead (see training/fit.py), elementwise work included. A variable
    that is set already stays as it is. Where numpy is imported already the call changes nothing: a BLAS reads the
    variables once, when it is loaded.
    """
    if "numpy" not in sys.modules:
        for variable in _VARIABLES:
            os.environ.setdefault(variable, "1")


def core_count() -> int:
    """The number of cores that this process may use, at least 1."""
    if hasattr(os, "sched_getaffinity"):  # Linux; it knows of containers and taskset
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1
