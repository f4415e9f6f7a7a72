"""How long one reading takes, from strokes to probabilities, and one forward pass against PyTorch's in the same run.

usage: python -m bench.reading_latency [--json] [--networks NAME|FILE ...] [--readings N] [--processor]

Readings and passes of both go by turns, one picture at a time, so that a noisy machine meets all of them alike.
PyTorch gets its picture as a ready tensor, in inference mode, its batch norm drawn into the convolutions by torch.fx
as ours is. With --processor all of it runs on one thread and is counted in the processor's milliseconds, for each
picture the least of its readings: for a machine on which other programs run.
"""

import argparse
import json
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from model.cores import core_count, hold_blas_to_one_thread

hold_blas_to_one_thread()  # before anything imports numpy

import numpy as np
import torch
from torch.fx.experimental.optimization import fuse

from bench.pytorch import translate
from model.console import exit_with
from model.handwriting.digits import write_digit
from model.network.architectures import NAMES, build
from model.network.network import Network
from model.reading.reader import Reader

_WEIGHTS = Path(__file__).resolve().parent.parent / "weights"
_BATCH = 1_000  # pictures of the throughput row


def load(name: str) -> Network:
    """A shipped network, a network file, or a named network with its first weights."""
    shipped = _WEIGHTS / f"{name}.npz"
    if shipped.exists():
        return Network.load(shipped)
    return build(name, np.random.default_rng(0)) if name in NAMES else Network.load(Path(name))


def milliseconds(action: Callable[[], Any], clock: Callable[[], float]) -> float:
    """How long one call takes."""
    begin = clock()
    action()
    return 1000 * (clock() - begin)


def least_of_each(times: list[float], kinds: int) -> list[float]:
    """Of times that belong to so many kinds in turn, the least of each kind."""
    return [min(times[kind::kinds]) for kind in range(min(kinds, len(times)))]


def quantiles(times: list[float]) -> tuple[float, float]:
    """The median and the 99th percentile, rounded to microseconds."""
    return round(float(np.median(times)), 3), round(float(np.percentile(times, 99)), 3)


def measure(name: str, readings: int, *, processor: bool) -> dict[str, Any]:
    """One row of the table."""
    clock = time.process_time if processor else time.perf_counter
    network = load(name)
    reader = Reader(network)
    module = fuse(translate(network).eval())
    rng = np.random.default_rng(0)
    drawings = [write_digit(int(rng.integers(10)), rng) for _ in range(100)]
    pictures = np.stack([r.image for r in reader.read_drawings(drawings) if r.image is not None])
    tensors = torch.from_numpy(pictures[:, None])
    threads = 1 if processor else core_count()
    many = rng.random((_BATCH, 28, 28), np.float32)
    many_tensor = torch.from_numpy(many[:, None])
    times: dict[str, list[float]] = {key: [] for key in ("reading", "ours", "theirs", "ours_many", "theirs_many")}
    with torch.inference_mode():
        for i in range(readings):
            k = i % len(pictures)
            calls: dict[str, Callable[[], Any]] = {
                "reading": partial(reader.read_drawing, drawings[k]),
                "ours": partial(network.predict_proba, pictures[k : k + 1]),
                "theirs": lambda k=k: module(tensors[k : k + 1]).softmax(1),  # type: ignore[misc]
            }
            if i % 100 == 0:
                calls["ours_many"] = partial(network.predict_proba, many, threads=threads)
                calls["theirs_many"] = lambda: module(many_tensor).softmax(1)
            for key, call in calls.items():
                times[key].append(milliseconds(call, clock))
    figures: dict[str, Any] = {"network": name}
    if processor:
        times = {key: least_of_each(values, len(pictures)) for key, values in times.items()}
    for key, values in times.items():
        figures[f"{key}_ms"], figures[f"{key}_ms_99"] = quantiles(
            values[2:] if len(values) > 10 else values[1:] or values
        )
    figures["ratio"] = round(figures["theirs_ms"] / figures["ours_ms"], 2)
    figures["ratio_many"] = round(figures["theirs_many_ms"] / figures["ours_many_ms"], 2)
    return figures


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print one JSON list")
    parser.add_argument("--networks", nargs="+", default=["cnn", "mlp", "A"])
    parser.add_argument("--readings", type=int, default=1000)
    parser.add_argument("--processor", action="store_true", help="on one thread, in milliseconds of the processor")
    options = parser.parse_args()
    torch.set_num_threads(1 if options.processor else core_count())
    rows = [measure(name, options.readings, processor=options.processor) for name in options.networks]
    if options.json:
        print(json.dumps(rows))
        return 0
    print("milliseconds: median (99th percentile)")
    print(f"{'network':<9}{'strokes to answer':>20}{'forward':>18}{'PyTorch':>18}{'ratio':>7}{'1,000 at once':>18}")
    for row in rows:
        cells = [f"{row[f'{key}_ms']:.2f} ({row[f'{key}_ms_99']:.2f})" for key in ("reading", "ours", "theirs")]
        many = f"{row['ours_many_ms']:.0f} against {row['theirs_many_ms']:.0f}"
        print(f"{row['network']:<9}{cells[0]:>20}{cells[1]:>18}{cells[2]:>18}{row['ratio']:>7.2f}{many:>18}")
    return 0


if __name__ == "__main__":
    exit_with(main)
