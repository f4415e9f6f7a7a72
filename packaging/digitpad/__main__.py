"""`python -m digitpad` is the command digitpad."""

import sys

from digitpad import run

if __name__ == "__main__":
    sys.exit(run())
