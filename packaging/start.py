"""Where the program that runs without Python begins: digitpad.spec makes an executable of this."""

import multiprocessing
import sys

if __name__ == "__main__":
    multiprocessing.freeze_support()  # a process that trains is this executable once more; it goes no further than here
    from main import main

    sys.exit(main())
