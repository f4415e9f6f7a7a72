"""Seconds from random weights to 97, 98 and 99 % of MNIST's validation pictures by the recipe "quick", and PyTorch's.

usage: python -m bench.time_to_accuracy [--json] [--network NAME] [--runs N] [--threads N]

Both train the same network on the same pictures with the same recipe (Muon and Adam, averaged weights), by turns in one
run. Only steps count: measuring every few steps, and loading the data, stand outside of the clock. The test set is not
looked at.
"""

import argparse
import json
import statistics
import time
from collections.abc import Iterator
from typing import Any

from model.cores import core_count, hold_blas_to_one_thread

hold_blas_to_one_thread()  # before anything imports numpy

import numpy as np
import torch

from bench.pytorch import Muon, translate
from model.console import exit_with
from model.data.datasets import Dataset, load_dataset
from model.data.images import Images
from model.network.architectures import build
from model.network.network import Network
from model.training.fit import Trainer
from model.training.recipe import Recipe
from model.training.recipes import recipe

MARKS = (0.97, 0.98, 0.99)
_EVERY = 25  # steps between measurements


def our_run(network: Network, train: Images, chosen: Recipe, threads: int) -> Iterator[tuple[float, Network]]:
    """(what steps took so far, the network now) every few steps."""
    trainer = Trainer(network, train, chosen, threads)
    spent = 0.0
    for step, batch in enumerate(batches(len(train), chosen), 1):
        begin = time.perf_counter()
        trainer.take_step(batch)
        spent += time.perf_counter() - begin
        if step % _EVERY == 0 or step == trainer.steps:
            yield spent, trainer.snapshot()
    trainer.close()


def pytorch_run(network: Network, train: Images, chosen: Recipe) -> Iterator[tuple[float, torch.nn.Module]]:
    """The same in PyTorch."""
    module = translate(network).train()
    average = torch.optim.swa_utils.AveragedModel(module, use_buffers=False)
    whole, others = hidden_weights(module, chosen)
    muon = Muon(whole, momentum=chosen.momentum)
    adam = torch.optim.AdamW(others, betas=(chosen.momentum, 0.999), weight_decay=chosen.weight_decay)
    loss = torch.nn.CrossEntropyLoss(label_smoothing=chosen.label_smoothing)
    images, labels = torch.from_numpy(train.images), torch.from_numpy(train.labels.astype(np.int64))
    order = list(batches(len(train), chosen))
    spent = 0.0
    for step, batch in enumerate(order, 1):
        begin = time.perf_counter()
        chosen_now = torch.from_numpy(batch)
        x = images[chosen_now][:, None].float().mul_(1 / 255)
        rate = chosen.learning_rate_at(step - 1, len(order))
        adam.param_groups[0]["lr"] = rate
        module.zero_grad()
        loss(module(x), labels[chosen_now]).backward()
        muon.step(rate)
        adam.step()
        decay = min(chosen.averaging, (1 + step) / (10 + step))
        with torch.no_grad():
            for a, p in zip(average.module.parameters(), module.parameters(), strict=True):
                a.lerp_(p, 1 - decay)
        spent += time.perf_counter() - begin
        if step % _EVERY == 0 or step == len(order):
            for a, b in zip(average.module.buffers(), module.buffers(), strict=True):
                a.copy_(b)
            yield spent, average.module


def hidden_weights(
    module: torch.nn.Sequential, chosen: Recipe
) -> tuple[list[torch.nn.Parameter], list[torch.nn.Parameter]]:
    """(weights that the recipe's optimizer takes whole, all other parameters)."""
    optimizer = chosen.make_optimizer()
    weights = [layer.weight for layer in module if isinstance(layer, torch.nn.Conv2d | torch.nn.Linear)][:-1]
    whole = [w for w in weights if optimizer.takes_whole((w[0].numel(), len(w)))]
    taken = set(map(id, whole))
    return whole, [p for p in module.parameters() if id(p) not in taken]


def batches(count: int, chosen: Recipe) -> Iterator[np.ndarray]:
    """Indices of every batch of the training, in `fit`'s own order."""
    for epoch in range(1, chosen.epochs + 1):
        order = np.random.default_rng([chosen.seed, epoch]).permutation(count)
        order = order[: chosen.pictures_an_epoch(count)]
        for start in range(0, len(order), chosen.batch_size):
            yield order[start : start + chosen.batch_size]


def our_accuracy(network: Network, judges: Images) -> float:
    """Fraction of the pictures read right."""
    return float((network.predict(judges.scaled()) == judges.labels).mean())


def pytorch_accuracy(module: torch.nn.Module, judges: Images) -> float:
    """The same of a PyTorch module."""
    module.eval()
    hits = 0
    with torch.inference_mode():
        for i in range(0, len(judges), 1000):
            part = judges[i : i + 1000]
            hits += int((module(torch.from_numpy(part.scaled()[:, None])).argmax(1).numpy() == part.labels).sum())
    return hits / len(judges)


def times_to_marks(run: Iterator[tuple[float, Any]], accuracy: Any, judges: Images) -> dict[str, float | None]:
    """Seconds to each mark (None where it was not reached); seconds and accuracy at the end."""
    found: dict[str, float | None] = {f"{mark:.2f}": None for mark in MARKS}
    fraction = spent = 0.0
    for spent, network in run:
        fraction = accuracy(network, judges)
        for mark in MARKS:
            if fraction >= mark and found[f"{mark:.2f}"] is None:
                found[f"{mark:.2f}"] = round(spent, 2)
    return {**found, "seconds": round(spent, 2), "accuracy": fraction}


def measure(name: str, dataset: Dataset, seed: int, threads: int) -> dict[str, Any]:
    """One run of each from the same weights."""
    from dataclasses import replace

    chosen = replace(recipe("quick", name)[0], seed=seed)
    network = build(name, np.random.default_rng(seed))
    judges = dataset.validation
    ours = times_to_marks(our_run(network, dataset.train, chosen, threads), our_accuracy, judges)
    theirs = times_to_marks(pytorch_run(network, dataset.train, chosen), pytorch_accuracy, judges)
    return {"network": name, "seed": seed, "ours": ours, "pytorch": theirs}


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print one JSON list")
    parser.add_argument("--network", default="cnn")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--threads", type=int, default=core_count())
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    dataset = load_dataset()
    rows = [measure(options.network, dataset, seed, options.threads) for seed in range(options.runs)]
    if options.json:
        print(json.dumps(rows))
        return 0
    print(f"seconds of training until {options.network} reads so many pictures right (median of {options.runs} runs)")
    for key in rows[0]["ours"]:
        cells = [[row[side][key] for row in rows if row[side][key] is not None] for side in ("ours", "pytorch")]
        medians = [f"{statistics.median(c):.4g} ({len(c)})" if c else "not reached" for c in cells]
        print(f"{key:<16} ours {medians[0]:<16} PyTorch {medians[1]}")
    return 0


if __name__ == "__main__":
    exit_with(main)
