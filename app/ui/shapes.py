"""Shapes with smooth edges, which pygame.draw does not have: rounded boxes, outlines, discs, rings.

Only the curved pieces are computed, from the distance to the edge, and kept; the straight rest is filled.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pygame

from app.ui.theme import Colour

ARC_STEPS = 120


def box(surface: pygame.Surface, rect: pygame.Rect, colour: Colour, radius: int) -> None:
    """Fill `rect`, its corners rounded by `radius` pixels (at most half the shorter side)."""
    radius = _fitting(rect, radius)
    if radius < 1:
        surface.fill(colour, rect)
        return
    surface.fill(colour, rect.inflate(0, -2 * radius))
    surface.fill(colour, (rect.left + radius, rect.top, rect.width - 2 * radius, radius))
    surface.fill(colour, (rect.left + radius, rect.bottom - radius, rect.width - 2 * radius, radius))
    _blit_corners(surface, rect, radius, _corners(radius, radius, colour))


def outline(surface: pygame.Surface, rect: pygame.Rect, colour: Colour, radius: int, width: int = 1) -> None:
    """A line of `width` pixels just inside the edge of `rect`."""
    radius = max(_fitting(rect, radius), width)
    straight = rect.width - 2 * radius, rect.height - 2 * radius
    surface.fill(colour, (rect.left + radius, rect.top, straight[0], width))
    surface.fill(colour, (rect.left + radius, rect.bottom - width, straight[0], width))
    surface.fill(colour, (rect.left, rect.top + radius, width, straight[1]))
    surface.fill(colour, (rect.right - width, rect.top + radius, width, straight[1]))
    _blit_corners(surface, rect, radius, _corners(radius, width, colour))


def broken_outline(surface: pygame.Surface, rect: pygame.Rect, colour: Colour, dash: int, width: int) -> None:
    """A line of `width` pixels just inside the edge of `rect`, in dashes of about `dash` pixels."""
    for x, length in _dashes(rect.left, rect.width, dash):
        surface.fill(colour, (x, rect.top, length, width))
        surface.fill(colour, (x, rect.bottom - width, length, width))
    for y, length in _dashes(rect.top, rect.height, dash):
        surface.fill(colour, (rect.left, y, width, length))
        surface.fill(colour, (rect.right - width, y, width, length))


def _dashes(start: int, length: int, dash: int) -> list[tuple[int, int]]:
    """Start and length of each dash: one more than there are gaps, all about as long."""
    count = max(1, round((length / max(dash, 1) + 1) / 2))
    ends = [start + round(i * length / (2 * count - 1)) for i in range(2 * count)]
    return [(first, last - first) for first, last in zip(ends[::2], ends[1::2], strict=True)]


def round_off(surface: pygame.Surface, rect: pygame.Rect, colour: Colour, radius: int) -> None:
    """Paint what lies outside the rounded corners of `rect` in `colour`: so a picture gets round corners."""
    radius = _fitting(rect, radius)
    if radius >= 1:
        _blit_corners(surface, rect, radius, _corners(radius, 0, colour))


def disc(surface: pygame.Surface, centre: tuple[float, float], radius: float, colour: Colour) -> None:
    """A filled circle."""
    stamp = _ring(round(radius * 4) / 4, 0.0, colour)
    surface.blit(stamp, stamp.get_rect(center=(round(centre[0]), round(centre[1]))))


def ring(surface: pygame.Surface, centre: tuple[float, float], radius: float, colour: Colour, width: float) -> None:
    """A circle's line of `width` pixels, its outer edge at `radius`."""
    stamp = _ring(round(radius * 4) / 4, width, colour)
    surface.blit(stamp, stamp.get_rect(center=(round(centre[0]), round(centre[1]))))


def arc(
    surface: pygame.Surface,
    centre: tuple[float, float],
    radius: float,
    colour: Colour,
    width: float,
    fraction: float,
) -> None:
    """The part of a ring from its top clockwise, `fraction` (0..1) of it; in steps of one in ARC_STEPS."""
    stamp = _arc(round(radius * 4) / 4, width, colour, round(fraction * ARC_STEPS))
    surface.blit(stamp, stamp.get_rect(center=(round(centre[0]), round(centre[1]))))


def line(
    surface: pygame.Surface, start: tuple[float, float], end: tuple[float, float], colour: Colour, width: float
) -> None:
    """A short straight line with round ends; for icons."""
    left, top = int(min(start[0], end[0]) - width), int(min(start[1], end[1]) - width)
    size = int(abs(start[0] - end[0]) + 2 * width + 2), int(abs(start[1] - end[1]) + 2 * width + 2)
    origin = start[0] - left, start[1] - top
    surface.blit(_line(size, origin, (end[0] - left, end[1] - top), colour, width), (left, top))


def _fitting(rect: pygame.Rect, radius: int) -> int:
    return min(radius, rect.width // 2, rect.height // 2)


def _blit_corners(surface: pygame.Surface, rect: pygame.Rect, radius: int, corners: list[pygame.Surface]) -> None:
    left, top, right, bottom = rect.left, rect.top, rect.right - radius, rect.bottom - radius
    for corner, place in zip(corners, ((left, top), (right, top), (left, bottom), (right, bottom)), strict=True):
        surface.blit(corner, place)


@lru_cache(maxsize=256)
def _corners(radius: int, width: int, colour: Colour) -> list[pygame.Surface]:
    """The four corners of a rounded box: filled (width >= radius), a line of `width`, or (width 0) what is outside."""
    steps = np.arange(radius, dtype=np.float32) + 0.5 - radius
    distance = np.hypot(steps[:, None], steps[None, :])
    cover = np.clip(radius + 0.5 - distance, 0, 1)
    if width == 0:
        cover = 1 - cover
    elif width < radius:
        cover = cover - np.clip(radius - width + 0.5 - distance, 0, 1)
    return [_stamp(c, colour) for c in (cover, cover[:, ::-1], cover[::-1], cover[::-1, ::-1])]


@lru_cache(maxsize=128)
def _ring(radius: float, width: float, colour: Colour) -> pygame.Surface:
    side = 2 * int(np.ceil(radius)) + 2
    steps = np.arange(side, dtype=np.float32) + 0.5 - side / 2
    distance = np.hypot(steps[:, None], steps[None, :])
    cover = np.clip(radius + 0.5 - distance, 0, 1)
    if width:
        cover = cover - np.clip(radius - width + 0.5 - distance, 0, 1)
    return _stamp(cover, colour)


@lru_cache(maxsize=ARC_STEPS // 2)  # the ring that runs, and the start of the next
def _arc(radius: float, width: float, colour: Colour, step: int) -> pygame.Surface:
    side = 2 * int(np.ceil(radius)) + 2
    steps = np.arange(side, dtype=np.float32) + 0.5 - side / 2
    x, y = steps[None, :], steps[:, None]
    distance = np.hypot(x, y)
    cover = np.clip(radius + 0.5 - distance, 0, 1) - np.clip(radius - width + 0.5 - distance, 0, 1)
    turned = np.arctan2(x, -y) % (2 * np.pi)  # from the top, clockwise
    # One pixel of soft edge where it ends
    cover = cover * np.clip((2 * np.pi * step / ARC_STEPS - turned) * distance + 0.5, 0, 1)
    return _stamp(cover, colour)


@lru_cache(maxsize=128)
def _line(
    size: tuple[int, int], start: tuple[float, float], end: tuple[float, float], colour: Colour, width: float
) -> pygame.Surface:
    x = np.arange(size[0], dtype=np.float32)[None, :] + 0.5 - start[0]
    y = np.arange(size[1], dtype=np.float32)[:, None] + 0.5 - start[1]
    dx, dy = end[0] - start[0], end[1] - start[1]
    along = np.clip((x * dx + y * dy) / max(dx * dx + dy * dy, 1e-6), 0, 1)
    distance = np.hypot(x - along * dx, y - along * dy)
    return _stamp(np.clip(width / 2 + 0.5 - distance, 0, 1), colour)


def _stamp(cover: np.ndarray, colour: Colour) -> pygame.Surface:
    """A surface of one colour, as opaque as `cover` (h, w) in 0..1 says."""
    stamp = pygame.Surface(cover.shape[::-1], pygame.SRCALPHA, 32)
    stamp.fill((*colour, 0))
    pygame.surfarray.pixels_alpha(stamp)[:] = np.rint(cover * 255).astype(np.uint8).T
    return stamp
