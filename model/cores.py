"""How the processor's cores are shared out. Imports no numpy, so that it can run before numpy does."""

import contextlib
import ctypes
import os
import sys

LOW, LOWER = 5, 15  # niceness; not Linux's idle class: beside any busy program that never gets its turn
_BELOW_NORMAL = 0x4000  # Windows' BELOW_NORMAL_PRIORITY_CLASS

_VARIABLES = (
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "OMP_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "BLIS_NUM_THREADS",
)


def hold_blas_to_one_thread() -> None:
    """Ask every BLAS that numpy may be built with for one thread; `model` does so when any part of it is imported.

    Training shares a batch out over processes instead (see training/helpers.py), elementwise work included. A variable
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


def lower_priority(niceness: int = LOWER) -> None:
    """Leave the processor to other processes, such as that with the window, whenever they want it.

    niceness: how much, where there is such a thing. On Linux it holds for this thread and those that it starts later.
    """
    if sys.platform == "win32":
        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL)
    else:
        with contextlib.suppress(OSError):
            os.nice(niceness)
