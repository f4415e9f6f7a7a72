"""What all parts of the program agree on: the size of the pictures, the classes, the name of a checkpoint."""

from typing import Final

SIDE: Final = 28  # pixels of a picture's side, as a network takes it
PIXELS: Final = SIDE * SIDE
CLASSES: Final = 10  # the digits 0 to 9
CHECKPOINT: Final = ".checkpoint.npz"  # how the name of a checkpoint ends, where the network's ends in .npz
