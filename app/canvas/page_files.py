"""Drawings as files: saving one, opening one, and what a folder holds that can be opened."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
from PIL import Image

from app.canvas.ink import SIDE, Ink, Page, page_of
from app.canvas.raster import Raster
from app.messages import UserError
from model.errors import reason_of
from model.files import replacing
from model.pictures.drawing import read_drawings, write_drawings
from model.pictures.photograph import load_picture

DRAWINGS = (".ndjson", ".jsonl", ".json")
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff", ".avif", ".pgm", ".ppm")
PICTURE_SIDE = 512
MOST_ENTRIES = 2_000


class FileError(UserError):
    """A file that cannot be opened or saved."""


@dataclass(frozen=True)
class Opened:
    """A page from a file, and how many drawings the file holds in all."""

    page: Page
    count: int


@dataclass(frozen=True)
class FolderEntry:
    """A folder or a file that can be opened."""

    path: Path
    is_folder: bool


def open_page(path: Path) -> Opened:
    """The picture or the first drawing of a file. Raises FileError."""
    try:
        if path.is_dir():
            raise FileError("wrong.folder", path=path)
        if path.suffix.lower() in DRAWINGS:
            drawings = read_drawings(path)
            if not drawings:
                raise FileError("wrong.no_drawing", path=path)
            return Opened(page_of(drawings[0]), len(drawings))
        return Opened(Page(picture=load_picture(path)), 1)
    except FileError:
        raise
    except OSError as error:
        raise FileError("wrong.not_read", path=path, reason=reason_of(error)) from None
    except (ValueError, MemoryError) as error:  # DrawingError and PictureError are ValueErrors
        if str(error):
            raise FileError("wrong.as_told", reason=reason_of(error)) from None
        raise FileError("wrong.too_large", path=path) from None


def save_page(ink: Ink, folder: Path, now: datetime | None = None) -> Path:
    """Save the page as PNG, and its strokes as ndjson beside it. Returns the PNG's path. Raises FileError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        png = free_path(folder, (".png", ".ndjson"), now)
        if ink.page.strokes:
            write_drawings(png.with_suffix(".ndjson"), [ink.to_drawing()])
        _write_png(png, ink.page)
    except OSError as error:
        raise FileError("wrong.not_written", path=folder, reason=reason_of(error)) from None
    return png


def entries(folder: Path, kinds: tuple[str, ...] = DRAWINGS + PICTURES) -> list[FolderEntry]:
    """The folders (by name) and then the files with these endings (newest first). Raises FileError."""
    folders: list[Path] = []
    files: list[tuple[float, Path]] = []
    try:
        with os.scandir(folder) as listing:
            for item in listing:
                if item.name.startswith(".") or len(folders) + len(files) >= MOST_ENTRIES:
                    continue
                if item.is_dir():
                    folders.append(Path(item.path))
                elif Path(item.name).suffix.lower() in kinds:
                    files.append((-item.stat().st_mtime, Path(item.path)))
    except OSError as error:
        raise FileError("wrong.not_read", path=folder, reason=reason_of(error)) from None
    folders.sort(key=lambda path: path.name.lower())
    return [FolderEntry(path, is_folder=True) for path in folders] + [
        FolderEntry(path, is_folder=False) for _, path in sorted(files)
    ]


def free_path(folder: Path, endings: tuple[str, ...], now: datetime | None = None) -> Path:
    """A path named after the time, with the first of these endings, where no file has any of them."""
    stem = (now or datetime.now()).strftime("digit-%Y-%m-%d-%H%M%S")
    number, path = 1, folder / f"{stem}{endings[0]}"
    while any(path.with_suffix(ending).exists() for ending in endings):
        number += 1
        path = folder / f"{stem}-{number}{endings[0]}"
    return path


def _write_png(path: Path, page: Page) -> None:
    if page.picture is not None:
        ink = np.rint(np.clip(page.picture, 0, 1) * 255).astype(np.uint8)
    else:
        raster = Raster(PICTURE_SIDE, SIDE)
        for stroke in page.strokes:
            raster.stroke(stroke.points, stroke.width)
        ink = raster.mask
    with replacing(path) as part:
        Image.fromarray(255 - ink).save(part, format="PNG")
