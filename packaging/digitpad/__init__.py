"""Digitpad as pip, uv and pipx install it: in this folder the program lies as it lies in the checkout.

Its modules call each other by short names, `app...` and `model...`. So a command puts this folder before all others in
which Python looks for modules, in its own process and in those that it starts. Importing `digitpad` changes nothing.
"""

import sys
from pathlib import Path


def run() -> int:
    """The command digitpad; returns its exit status."""
    put_first()
    from main import main

    return main()


def run_training() -> int:
    """The command digitpad-train, which is train.py; returns its exit status."""
    put_first()
    from train import main

    return main()


def put_first() -> None:
    """Let no other module be taken for one of the program, such as a model.py in the folder where somebody works."""
    sys.path.insert(0, str(Path(__file__).resolve().parent))
