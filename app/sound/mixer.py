"""Mixer: plays tones. The audio device is opened for the first of them, and not before."""

from __future__ import annotations

import numpy as np
import pygame

from app.sound.tones import RATE

BUFFER = 1024  # samples that are handed to the device at once


class Mixer:
    """problem: why nothing can be played, in words of the system; "" as long as nothing is known against it."""

    def __init__(self) -> None:
        self.problem = ""

    def play(self, samples: np.ndarray) -> None:
        """Play (samples, 2) int16, beside what is being played already. Where that cannot be, `problem` says so."""
        if self.problem:
            return
        try:
            if pygame.mixer.get_init() is None:
                pygame.mixer.init(RATE, -16, 2, BUFFER, allowedchanges=0)
            pygame.mixer.Sound(buffer=samples.tobytes()).play()
        except (pygame.error, NotImplementedError) as error:  # no device; a pygame that was built without sound
            self.problem = str(error).rstrip(".")

    def close(self) -> None:
        """Give the device back, and try it anew the next time."""
        self.problem = ""
        try:
            pygame.mixer.quit()
        except NotImplementedError:
            return
