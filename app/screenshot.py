"""Screenshot: one frame of the program as a PNG, without a display."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pygame

from app.canvas.page_files import FileError, open_page
from app.commands import Command
from app.event.kiosk import Kiosk
from app.main_view import MainView
from app.messages import ENGLISH, Messages
from app.options import Options
from app.session.session import Session
from app.store.settings import Settings
from app.ui.context import Context
from app.ui.layout import USUAL
from app.ui.theme import THEMES
from model.files import replacing


def save_screenshot(out: Path, options: Options) -> None:
    """Save what the window shows when the drawing has been read and all motion has ended.

    The person's settings are neither read nor changed. Raises FileError (a ValueError) for a drawing that cannot be
    opened, and OSError when `out` cannot be written.
    """
    os.environ["SDL_VIDEODRIVER"] = "dummy"
    pygame.display.init()
    pygame.font.init()
    try:
        surface = pygame.display.set_mode(options.size or USUAL)
        _draw(surface, options)
        _save(surface, out)
    finally:
        pygame.quit()


def _draw(surface: pygame.Surface, options: Options) -> None:
    settings = Settings(theme=options.theme or "light")
    context = Context(Messages(options.language or ENGLISH), theme=THEMES[settings.theme])
    session = Session(settings, context, reads_numbers=True)
    session.forget_settings()
    session.reader.use_network(options.network or settings.network)
    main_view: MainView | Kiosk
    if options.event:
        main_view = Kiosk(session, surface.get_size(), np.random.default_rng())
        session = main_view.session
    else:
        main_view = MainView(session, surface.get_size(), lambda: None)
    if options.drawing is not None:
        opened = open_page(options.drawing)
        session.ink.replace(opened.page)
        if not session.ink.empty:
            session.reader.read()
    if options.class_mode and isinstance(main_view, MainView):
        main_view.perform(Command.CLASS)
    main_view.settle()
    main_view.draw(surface, [surface.get_rect()])


def _save(surface: pygame.Surface, out: Path) -> None:
    if out.suffix.lower() != ".png":
        raise FileError("wrong.not_png", path=out)
    with replacing(out) as part, part.open("wb") as file:
        pygame.image.save(surface, file, out.name)
