"""Training speed, ours against PyTorch on the same processor in one run, by turns.

usage: python -m bench.training_speed [--json] [--networks NAME ...] [--batches N ...] [--threads N] [--seconds S]
       [--processor]

A step is batch assembly, forward, backward and Adam on pictures as they are. PyTorch gets its batch as a ready tensor
and as many threads as we have processes. Each turn takes a tenth of a second, after a pause in which the threads of the
other come to rest. Each pair of turns gives a ratio; the medians are printed. `peak` is the share of the speed of a
large matrix product in the same run on as many threads. With --processor all of it runs on one thread and is counted
in the processor's seconds, the least of each: for a machine on which other programs run.
"""

import argparse
import json
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from model.cores import core_count, hold_blas_to_one_thread

hold_blas_to_one_thread()  # before anything imports numpy

import numpy as np
import torch

from bench.pytorch import translate
from model.console import exit_with
from model.data.datasets import load_dataset
from model.data.images import Images
from model.network.architectures import build
from model.network.convolution import Conv2D
from model.network.layers import Dense
from model.network.network import Network
from model.training.fit import Trainer
from model.training.recipe import Recipe

NETWORKS = ("mlp-800", "A", "S", "B", "cnn", "mlp")
BATCHES = (64, 128)
_TURN, _REST = 0.1, 0.02  # seconds
_PATIENCE = 20.0  # seconds in which processes that help must have started


@contextmanager
def our_step(network: Network, images: Images, batch: int, threads: int) -> Iterator[Callable[[], Any]]:
    """A function that takes one training step, once all processes that help take part."""
    recipe = Recipe(batch_size=batch, warp=None, learning_rate=0.001, epochs=1_000)
    trainer = Trainer(network, images, recipe, threads)
    chosen = np.random.default_rng(0).permutation(len(images))[:batch]
    deadline = time.perf_counter() + _PATIENCE
    while trainer.workers < threads and time.perf_counter() < deadline:
        trainer.take_step(chosen)
    try:
        yield lambda: trainer.take_step(chosen)
    finally:
        trainer.close()


def pytorch_step(network: Network, images: Images, batch: int) -> Callable[[], Any]:
    """The same in PyTorch, its inputs made ready beforehand."""
    module = translate(network).train()
    optimizer = torch.optim.Adam(module.parameters(), lr=0.001)
    loss = torch.nn.CrossEntropyLoss()
    chosen = np.random.default_rng(0).permutation(len(images))[:batch]
    x = torch.from_numpy(images[chosen].scaled()[:, None])
    y = torch.from_numpy(images.labels[chosen].astype(np.int64))

    def step() -> None:
        optimizer.zero_grad()
        loss(module(x), y).backward()
        optimizer.step()

    return step


def by_turns(
    ours: Callable[[], Any], theirs: Callable[[], Any], seconds: float, *, processor: bool
) -> tuple[float, float, float]:
    """(median seconds of ours, of theirs, median of theirs / ours), as many steps of each in a turn.

    processor: the least seconds of the processor instead, and their ratio.
    """
    clock = time.process_time if processor else time.perf_counter
    for warm_up in (ours, theirs, ours, theirs):
        begin = time.perf_counter()
        warm_up()
    steps = max(3, round(_TURN / (time.perf_counter() - begin)))
    a: list[float] = []
    b: list[float] = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(a) < 5:
        for step, times in ((ours, a), (theirs, b)):
            time.sleep(_REST)
            begin = clock()
            for _ in range(steps):
                step()
            times.append((clock() - begin) / steps)
    if processor:
        return min(a), min(b), min(b) / min(a)
    return statistics.median(a), statistics.median(b), statistics.median(y / x for x, y in zip(a, b, strict=True))


def products_a_step(network: Network, batch: int) -> float:
    """Floating point operations of the matrix products of a step (three products a layer, two for the first)."""
    total, first = 0, True
    for layer, plan in zip(network.layers, network.plans, strict=True):
        if isinstance(layer, Conv2D | Dense):
            places = int(np.prod(plan.output[:-1]))
            weights = layer.parameters["weight"].size
            total += 2 * places * weights * (2 if first else 3)
            first = False
    return float(total * batch)


def product_speed(threads: int, *, processor: bool) -> float:
    """Operations a second of 1024 x 1024 float32 matrix products on so many threads at once."""
    a = np.random.default_rng(0).random((1024, 1024), np.float32)
    rooms = [np.empty_like(a) for _ in range(threads)]
    best = 0.0
    clock = time.process_time if processor else time.perf_counter
    with ThreadPoolExecutor(threads) as pool:
        for _ in range(5):
            begin = clock()
            list(pool.map(lambda room: np.matmul(a, a, out=room), rooms))
            best = max(best, threads * 2 * 1024**3 / (clock() - begin))
    return best


def measure(name: str, batch: int, images: Images, threads: int, seconds: float, *, processor: bool) -> dict[str, Any]:
    """One row of the table."""
    network = build(name, np.random.default_rng(0))
    with our_step(network, images, batch, threads) as step:
        ours, theirs, ratio = by_turns(step, pytorch_step(network, images, batch), seconds, processor=processor)
    peak = product_speed(threads, processor=processor)
    return {
        "network": name,
        "batch": batch,
        "images_per_second": round(batch / ours, 1),
        "pytorch_images_per_second": round(batch / theirs, 1),
        "ratio": round(ratio, 3),
        "milliseconds": round(1000 * ours, 2),
        "pytorch_milliseconds": round(1000 * theirs, 2),
        "share_of_product_peak": round(products_a_step(network, batch) / ours / peak, 3),
        "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print one JSON list")
    parser.add_argument("--networks", nargs="+", default=NETWORKS)
    parser.add_argument("--batches", nargs="+", type=int, default=BATCHES)
    parser.add_argument("--threads", type=int, default=core_count())
    parser.add_argument("--seconds", type=float, default=6.0, help="for each row")
    parser.add_argument("--processor", action="store_true", help="on one thread, in seconds of the processor")
    options = parser.parse_args()
    threads = 1 if options.processor else options.threads
    torch.set_num_threads(threads)
    images = load_dataset().train[:5000]
    rows = []
    if not options.json:
        print(f"{'network':<9}{'batch':>6}{'images/s':>10}{'PyTorch':>10}{'ratio':>7}{'of peak':>9}{'MB':>6}")
    for name in options.networks:
        for batch in options.batches:
            row = measure(name, batch, images, threads, options.seconds, processor=options.processor)
            rows.append(row)
            if not options.json:
                print(
                    f"{name:<9}{batch:>6}{row['images_per_second']:>10.0f}{row['pytorch_images_per_second']:>10.0f}"
                    f"{row['ratio']:>7.2f}{100 * row['share_of_product_peak']:>8.0f}%{row['peak_megabytes']:>6}",
                    flush=True,
                )
    if options.json:
        print(json.dumps(rows))
    return 0


if __name__ == "__main__":
    exit_with(main)
