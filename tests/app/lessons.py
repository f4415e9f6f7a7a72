"""A small task to train on: pictures of a bar at one of ten heights, a network for it, and drawings of such bars."""

from pathlib import Path

import numpy as np

from app.retraining.task import TrainingTask
from model.network.architectures import build_dense
from model.network.network import Network
from model.pictures.drawing import Drawing, Stroke
from model.training.lesson_plans import LessonPlan
from model.training.recipe import Recipe


def bars(count: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    labels = rng.integers(0, 10, count).astype(np.uint8)
    images = rng.integers(0, 60, (count, 28, 28)).astype(np.uint8)
    for image, label in zip(images, labels, strict=True):
        image[2 * label + 4 : 2 * label + 6, 4:24] = 255
    return images, labels


def write_data(path: Path, count: int = 400) -> Path:
    """A data set file of bars."""
    rng = np.random.default_rng(0)
    (x_train, y_train), (x_test, y_test) = bars(count, rng), bars(100, rng)
    np.savez(path, x_train=x_train, y_train=y_train, x_test=x_test, y_test=y_test)
    return path


def write_network(path: Path) -> Path:
    network: Network = build_dense([12], "relu", np.random.default_rng(0))
    network.save(path)
    return path


def stroke_drawing(digit: int | None, tilt: float = 0.0) -> Drawing:
    """A slanting line; another tilt is another drawing."""
    points = np.array([[50, 50], [100 + tilt, 120], [120, 200]], np.float32)
    return Drawing((Stroke(points, np.array([0, 10, 20], np.float32)),), word=None if digit is None else str(digit))


def task(folder: Path, *, epochs: int = 2, rate: float = 0.002, own: int = 40, **changes: object) -> TrainingTask:
    """A task that takes a second; more epochs than anybody waits for make it last."""
    recipe = Recipe(epochs=epochs, batch_size=32, learning_rate=rate, warp=None)
    lines = tuple(stroke_drawing(1, tilt).to_json() for tilt in range(3))
    settings: dict = {"plan": LessonPlan(recipe=recipe, own=own), "drawings": lines, "threads": 1} | changes
    return TrainingTask(present=write_network(folder / "old.npz"), data=write_data(folder / "bars.npz"), **settings)
