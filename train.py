"""Trains, evaluates and resumes networks from the command line. `python train.py --help` lists all options."""

import argparse
import json
import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from model.console import drop_output, write_any_text
from model.constants import CHECKPOINT
from model.errors import UsageError, reason_of, sentence_of
from model.training.options import build_parser, check_data, new_job, recipe_fields, recorded, sets_job

if TYPE_CHECKING:
    from model.data.datasets import Dataset
    from model.data.images import Images
    from model.evaluation.comparison import Comparison
    from model.network.network import Network
    from model.training.fit import Progress
    from model.training.job import TrainingJob, TrainingRun
    from model.training.lesson import Lesson

WEIGHTS = Path(__file__).resolve().parent / "weights"
STOPPED = 130  # the exit status of a program that Ctrl+C ended


def main(arguments: list[str] | None = None) -> int:
    """Run the trainer; returns the exit status: 0, 2 for bad input, 130 when stopped by Ctrl+C."""
    arguments = sys.argv[1:] if arguments is None else arguments
    write_any_text()
    options = build_parser().parse_args(arguments)
    from model.training.fit import NotANumberError

    try:
        if options.card and not options.evaluate:
            raise UsageError("--card goes with --evaluate; what is trained keeps its card by itself.")
        if options.evaluate:
            return run_evaluation(options)
        if options.drawings:
            return run_lesson(options, recorded(arguments))
        return run_training(options, recorded(arguments))
    except BrokenPipeError:
        drop_output()
        return 0
    except (ValueError, NotANumberError, OSError) as error:
        print(f"train.py: {sentence_of(error)}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return STOPPED


# Training


def run_training(options: argparse.Namespace, command: str) -> int:
    """Train, or go on, and write the network."""
    import numpy as np

    from model.charts.figure import draw_figure
    from model.training.history import curves_of
    from model.training.job import TrainingRun

    out, job = job_of(options)
    check_out(out, options)
    check_folders(options.history)
    check_plot(options)
    summary = job.build().summary()  # before the data, which takes a while: an unknown network is refused at once
    dataset = job.load_data()
    begin = TrainingRun.resumed if options.resume else TrainingRun
    training = begin(job, dataset, out, threads=options.threads)
    print(summary)
    for oddity in dataset.oddities:
        print(f"Note: {oddity}")
    print(f"Training on {len(dataset.train):,} pictures, validating on {len(dataset.validation):,}.")
    stopped = watch(training, options)
    network = training.finish(command)
    if network is None:
        print("No epoch was finished, so there is nothing to keep.")
        return STOPPED
    if options.plot is not None and training.test is not None:
        draw_figure(curves_of(training.history), options.plot, np.array(training.test.confusion))
    print(f"{out}: {100 * network.info['validation_accuracy']:.2f} % of the validation pictures read right, ", end="")
    print(f"{100 * network.info['test_accuracy']:.2f} % of the test pictures.")
    return STOPPED if stopped else 0


def watch(training: "TrainingRun", options: argparse.Namespace) -> bool:
    """Run a training and show how it goes; whether Ctrl+C stopped it."""
    try:
        for progress in training.run():
            show(progress)
            if progress.ends_epoch:
                write_history(training, options)
    except KeyboardInterrupt:
        print("\nStopped.")
        return True
    return False


def job_of(options: argparse.Namespace) -> "tuple[Path, TrainingJob]":
    """Where the network goes and what is trained; for --resume as the checkpoint says. Raises ValueError."""
    from model.training import checkpoint
    from model.training.job import TrainingJob

    if not options.resume:
        job = new_job(options)
        return options.out or free_name(job), job
    out = options.out if options.resume is True else Path(options.resume)
    if out is None:
        raise UsageError("Say which training to go on with: --resume OUT, or --out OUT --resume.")
    if out.name.endswith(CHECKPOINT):
        out = out.with_name(out.name.removesuffix(CHECKPOINT) + ".npz")
    job = TrainingJob.from_json(checkpoint.load(checkpoint.path_for(out)).header.get("job", {}))
    if sets_job(options) and new_job(options) != job:
        raise UsageError(f"The checkpoint of {out} was made with other options; leave them out to go on with it.")
    return out, job


def free_name(job: "TrainingJob") -> Path:
    """A name in this folder that no file has yet."""
    return free_path("-".join(map(str, ("dense", *job.hidden_size))) if job.hidden_size else job.network)


def free_path(stem: str) -> Path:
    """The stem with the first number that makes it new in this folder."""
    number = 1
    while (path := Path(f"{stem}-{number}.npz")).exists():
        number += 1
    return path


def check_out(out: Path, options: argparse.Namespace) -> None:
    """Raise UsageError before the training rather than after it."""
    if out.suffix != ".npz":
        raise UsageError(f"--out must end in .npz, which {out} does not.")
    if out.exists() and not options.overwrite:
        shipped = " is a network that ships with the program" if out.resolve().parent == WEIGHTS else " exists"
        raise UsageError(f"{out}{shipped}; choose another --out, or add --overwrite.")
    check_folders(out)


def check_plot(options: argparse.Namespace) -> None:
    """Raise UsageError for a file that cannot become a picture of charts, before there is anything to draw."""
    plot = options.plot
    if plot is not None and (plot.suffix.lower() != ".png" or plot.is_dir()):
        what = "is a folder" if plot.is_dir() else "does not"
        raise UsageError(f"--plot takes the name of a picture that ends in .png, which {plot} {what}; choose another.")
    check_folders(plot)


def check_folders(*files: Path | None) -> None:
    """Raise UsageError where a file, if one is asked for, is to be written into a folder that is not there."""
    for file in files:
        if file is not None and not file.parent.is_dir():
            raise UsageError(f"There is no folder {file.parent}; make it first.")


def show(progress: "Progress") -> None:
    """A line that is written over until the epoch ends; where no one watches, only the line of each epoch."""
    left = progress.seconds / progress.step * (progress.steps - progress.step)
    line = f"epoch {progress.epoch}/{progress.epochs}  loss {progress.loss:.4f}  train {100 * progress.accuracy:6.2f} %"
    if progress.ends_epoch:
        if progress.validation_accuracy is not None:
            line += f"  validation {100 * progress.validation_accuracy:6.2f} %"
        print(("\r" if sys.stdout.isatty() else "") + f"{line}  {duration(left)} left".ljust(90), flush=True)
    elif sys.stdout.isatty():
        within = (progress.step - 1) % (progress.steps // progress.epochs) * progress.epochs / progress.steps
        print(f"\r{line}  {100 * within:3.0f} % of the epoch  {duration(left)} left".ljust(90), end="", flush=True)


def duration(seconds: float) -> str:
    """Such as 1:02:03 or 4:05."""
    text = time.strftime("%H:%M:%S", time.gmtime(seconds))
    return text.removeprefix("00:").removeprefix("0")


def write_history(training: "TrainingRun", options: argparse.Namespace) -> None:
    """Write what was asked for; a full disk must not end a training, so it is only said."""
    from model.charts.figure import draw_figure
    from model.training.history import curves_of, write_csv

    history = training.history
    for write, path in (
        (partial(write_csv, history), options.history),
        (partial(draw_figure, curves_of(history)), options.plot),
    ):
        if path is not None:
            try:
                write(path)
            except OSError as error:
                print(f"\n{path} could not be written ({reason_of(error)}).", file=sys.stderr)


def dataset_of(options: argparse.Namespace) -> "Dataset":
    """The data set that the options name. Raises UsageError, DataError."""
    from model.data.datasets import load_dataset

    check_data(options)
    path = Path(options.data) if options.data else None
    return load_dataset(path, transpose=bool(options.transpose), invert=bool(options.invert))


# Lessons


def run_lesson(options: argparse.Namespace, command: str) -> int:
    """Teach a network somebody's drawings, and write the new network."""
    from model.charts.figure import draw_figure
    from model.network.network import Network
    from model.training.history import curves_of, write_csv

    if options.resume:
        raise UsageError("--resume does not go with --drawings; a lesson is short, so start it again.")
    start = options.start or WEIGHTS / "cnn.npz"
    old = Network.load(start)
    out = options.out or free_path(f"{start.stem}-taught")
    check_out(out, options)
    check_plot(options)
    check_folders(options.history)
    lesson = lesson_of(options, old)
    if not lesson.drawings:
        raise UsageError(f"{options.drawings} holds no drawing whose word is a digit.")
    print(f"Teaching {start} {len(lesson.drawings)} drawings among {len(lesson.train):,} pictures.")
    stopped, last = False, None
    try:
        for progress in lesson.run():
            last = progress
            show(progress)
    except KeyboardInterrupt:
        stopped = True
        print("\nStopped.")
    if last is None:
        print("Nothing was learnt, so there is nothing to keep.")
        return STOPPED
    new = lesson.finish(last.snapshot() if stopped else None)
    new.info |= {"command": command, "seconds": round(lesson.seconds, 1)}
    result = compare_and_save(old, new, lesson, out)
    if options.history is not None:
        write_csv(lesson.history, options.history)
    if options.plot is not None:
        draw_figure(curves_of(lesson.history), options.plot, result.confusion.counts)
    return STOPPED if stopped else 0


def lesson_of(options: argparse.Namespace, network: "Network") -> "Lesson":
    """The lesson that the options describe, from this network on. Raises ValueError."""
    from model.pictures.drawing import read_drawings
    from model.training.lesson import Lesson
    from model.training.lesson_plans import plan

    changes = {name: value for name in recipe_fields() if (value := getattr(options, name)) is not None}
    chosen = plan(options.length or "quick", from_nothing=False)
    chosen = replace(chosen, recipe=replace(chosen.recipe, **changes))
    drawings = read_drawings(options.drawings)
    dataset = dataset_of(options)
    for oddity in dataset.oddities:
        print(f"Note: {oddity}")
    return Lesson(network, dataset, drawings, chosen, threads=options.threads)


def compare_and_save(old: "Network", new: "Network", lesson: "Lesson", out: Path) -> "Comparison":
    """Write the new network with its test accuracy, and print how both read the test pictures and the drawings."""
    from model.evaluation.comparison import compare

    result = compare(old, new, lesson.dataset.test, lesson.drawings, seconds=lesson.seconds)
    new.info |= {"test_accuracy": result.after.test_accuracy}
    new.save(out)
    for when, judged in (("before", result.before), ("now", result.after)):
        accuracy = f"{100 * judged.test_accuracy:.2f} % of the test pictures"
        print(f"{when:>6}: {judged.own_right} of {result.own} drawings and {accuracy} read right")
    print(f"Written to {out}.")
    return result


# Judging


def run_evaluation(options: argparse.Namespace) -> int:
    """Measure a network on the test set, or on somebody's drawings."""
    import numpy as np

    from model.charts.curves import LearningCurves
    from model.charts.figure import draw_figure
    from model.evaluation.confusion import count_confusions
    from model.evaluation.evaluation import evaluate, probabilities_of
    from model.evaluation.report import as_text, draw_reliability, draw_worst
    from model.network.network import Network
    from model.training.card import write_beside

    check_folders(options.reliability, options.worst)
    check_plot(options)
    if options.card and options.data:
        raise UsageError("--card is for MNIST's validation pictures; leave --data out.")
    network = Network.load(options.evaluate)
    test = drawn_images(options) if options.drawings else test_images(options)
    probabilities = probabilities_of(network, test, threads=options.threads)
    result = evaluate(probabilities, test.labels, sure_at=network.info.get("sure_at"))
    if options.reliability:
        draw_reliability(result, options.reliability)
    if options.worst:
        draw_worst(test, probabilities, options.worst)
    if options.plot:
        curves = LearningCurves.from_json(network.info.get("curves"))
        draw_figure(curves, options.plot, np.array(result.confusion))
    if options.card:
        validation = dataset_of(options).validation
        answers = probabilities_of(network, validation, threads=options.threads).argmax(axis=1)
        beside = write_beside(options.evaluate, count_confusions(validation.labels, answers))
        print(f"Kept for the network's card: {beside}.", file=sys.stderr)
    if options.json:
        print(json.dumps({"network": str(options.evaluate), "parameters": network.parameter_count, **result.as_json()}))
        return 0
    print(network.summary())
    print(f"\n{as_text(result)}")
    return 0


def test_images(options: argparse.Namespace) -> "Images":
    """The test set that the options name; notes go to stderr. Raises UsageError, DataError."""
    dataset = dataset_of(options)
    for oddity in dataset.oddities:
        print(f"Note: {oddity}", file=sys.stderr)  # standard output may be read by a program
    return dataset.test


def drawn_images(options: argparse.Namespace) -> "Images":
    """The labelled drawings of --drawings, each once. Raises UsageError, DrawingError."""
    from model.evaluation.evaluation import pictures_of
    from model.pictures.drawing import read_drawings
    from model.training.lesson import lessons_of

    if options.data:
        raise UsageError("A network is measured on --drawings or on --data; leave one of them out.")
    check_data(options)
    drawings = lessons_of(read_drawings(options.drawings))
    if not drawings:
        raise UsageError(f"{options.drawings} holds no drawing whose word is a digit.")
    return pictures_of(drawings)


if __name__ == "__main__":
    sys.exit(main())
