"""Animations: how a drawing is read, saved as a moving picture beside the loop, so that no frame waits for it."""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from app.canvas.page_files import free_path
from app.ui.context import Context

if TYPE_CHECKING:
    from model.pictures.drawing import Drawing
    from model.reading.reader import Reader

FORM = ".webp"
REST = 0.008  # seconds after each frame of it, so that the window keeps most of the time


class Animations:
    """Saves animations, one at a time."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._pool: ThreadPoolExecutor | None = None
        self._saving: Future[Path] | None = None

    @property
    def due(self) -> bool:
        """Whether one is ready, and nobody was told."""
        return self._saving is not None and self._saving.done()

    def save(self, reader: Reader, drawing: Drawing, folder: Path) -> None:
        """Begin to save how a drawing with strokes is read; while another one is saved, a notice refuses."""
        if self._saving is not None:
            self._context.say("notice.busy_animating")
            return
        if self._pool is None:
            self._pool = ThreadPoolExecutor(1, thread_name_prefix="animation")
        self._context.say("notice.animating")
        self._saving = self._pool.submit(_save, reader, drawing, folder)

    def update(self) -> None:
        """Say where the animation is, once it is there, or why there is none."""
        if self._saving is None or not self._saving.done():
            return
        saving, self._saving = self._saving, None
        try:
            self._context.say("notice.saved", path=saving.result())
        except OSError as error:
            self._context.report("notice.not_saved", error)


def _save(reader: Reader, drawing: Drawing, folder: Path) -> Path:
    from model.explanation import animation

    images = []
    for image in animation.frames(reader, drawing):
        images.append(image)
        time.sleep(REST)
    path = free_path(folder, (FORM,))
    animation.save(images, path)
    return path
