"""Trains, evaluates and resumes networks from the command line. `python train.py --help` lists all options."""

import argparse
import json
import sys
import time
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.console import drop_output, write_any_text
from model.cores import hold_blas_to_one_thread

hold_blas_to_one_thread()  # before anything imports numpy

if TYPE_CHECKING:
    from model.job import Job, Training
    from model.training import Progress

WEIGHTS = Path(__file__).resolve().parent / "weights"
CHANGES_NOTHING = ("--out", "--overwrite", "--history", "--plot", "--threads", "--resume")
STOPPED = 130  # the exit status of a program that Ctrl+C ended


class UsageError(ValueError):
    """Options that do not go together; the text is one sentence."""


def main(arguments: list[str] | None = None) -> int:
    """Run the trainer; returns the exit status: 0, 2 for bad input, 130 when stopped by Ctrl+C."""
    arguments = sys.argv[1:] if arguments is None else arguments
    write_any_text()
    options = build_parser().parse_args(arguments)
    from model.training import NotANumberError

    try:
        if options.evaluate:
            return run_evaluation(options)
        if options.drawings:
            return run_lesson(options, recorded(arguments))
        return run_training(options, recorded(arguments))
    except BrokenPipeError:
        drop_output()
        return 0
    except (ValueError, NotANumberError, OSError) as error:
        print(f"train.py: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return STOPPED


def recorded(arguments: list[str]) -> str:
    """The command as the network's file keeps it: without what changes no result, and without anybody's paths."""
    kept: list[str] = []
    leaves_out = False
    for argument in arguments:
        if argument.startswith("--"):
            leaves_out = argument.split("=")[0] in CHANGES_NOTHING
        if not leaves_out:
            kept.append(argument)
    return " ".join(["python train.py", *kept])


def build_parser() -> argparse.ArgumentParser:
    """All options; those of the recipe are None unless given, so that the recipe's own values stand."""
    parser = argparse.ArgumentParser(
        prog="train.py",
        description="Train a network that reads digits, and write it to a new file.",
        epilog="Example: python train.py --hidden_size 50 50 --batch_size 32 --lr 0.1 --epochs 10",
    )
    what = parser.add_argument_group("what to train")
    what.add_argument("--network", metavar="NAME", help="a named network (cnn, mlp, ...); cnn if left out")
    add(
        what, "hidden_size", type=int, nargs="+", metavar="UNITS", help="train a dense network with these hidden layers"
    )
    add(what, "activation_function", help="of --hidden_size: relu, leaky_relu, tanh or sigmoid")
    what.add_argument(
        "--data", metavar="PATH", help="a folder of IDX files, an npz or a CSV file; bundled MNIST if left out"
    )
    add(what, "handwriting", type=int, metavar="N", help="pictures of the pen model's handwriting to add")
    what.add_argument(
        "--drawings",
        type=Path,
        metavar="FILE",
        help="teach a network these labelled drawings (ndjson), as the program does",
    )
    what.add_argument(
        "--from",
        dest="start",
        type=Path,
        metavar="FILE",
        help="the network that --drawings go on from; the default one if left out",
    )
    what.add_argument("--length", metavar="NAME", help="of --drawings: quick, good or thorough; quick if left out")
    add(what, "strange", type=int, metavar="N", help="pictures of no digit to add, so that the network learns to doubt")
    how = parser.add_argument_group("how")
    how.add_argument("--recipe", metavar="NAME", help="full, quick or plain: what the options below start from")
    how.add_argument("--epochs", type=int, metavar="N", help="how often the training pictures are gone through")
    add(how, "batch_size", type=int, metavar="N", help="pictures to a step")
    how.add_argument("--lr", "--learning_rate", "--learning-rate", dest="learning_rate", type=float, metavar="RATE")
    how.add_argument("--optimizer", help="sgd, momentum, nesterov or adam")
    how.add_argument("--momentum", type=float, metavar="M", help="of momentum and nesterov, from 0 to below 1")
    add(how, "weight_decay", type=float, metavar="SHARE", help="of adam, decoupled from the gradients")
    how.add_argument("--schedule", help="of the learning rate: constant, cosine or one_cycle")
    how.add_argument("--loss", help="cross_entropy or mse")
    add(how, "label_smoothing", type=float, metavar="SHARE", help="share of each label that all digits get")
    how.add_argument("--averaging", type=float, metavar="DECAY", help="decay of the running average of the weights")
    how.add_argument(
        "--warp", type=float, metavar="STRENGTH", help="random warps of the pictures; 0 for none, 1 as usual"
    )
    add(how, "warp_end", type=float, metavar="SHARE", help="share of the warps' strength that is left at the end")
    how.add_argument("--seed", type=int, metavar="K", help="the same number trains the same network; 0 if left out")
    how.add_argument("--threads", type=int, help="as many as there are cores if left out; changes no result")
    files = parser.add_argument_group("files")
    files.add_argument("--out", type=Path, metavar="FILE", help="where the network goes; a new name here if left out")
    files.add_argument("--overwrite", action="store_true", help="allow --out to replace a file")
    files.add_argument("--history", type=Path, metavar="FILE.csv", help="write the figures of every epoch")
    files.add_argument("--plot", type=Path, metavar="FILE.png", help="draw the curves of loss and accuracy")
    files.add_argument(
        "--resume", nargs="?", const=True, metavar="OUT", help="go on with the training that writes to OUT"
    )
    judge = parser.add_argument_group("judging a network")
    judge.add_argument(
        "--evaluate", type=Path, metavar="FILE", help="measure a network on the test set, and train nothing"
    )
    judge.add_argument("--json", action="store_true", help="print the evaluation as one JSON object")
    judge.add_argument(
        "--reliability", type=Path, metavar="FILE.png", help="draw how far its confidence can be trusted"
    )
    judge.add_argument(
        "--worst", type=Path, metavar="FILE.png", help="draw the twenty it is most sure of and wrong about"
    )
    return parser


def add(group: Any, name: str, **settings: Any) -> None:
    """An option that may be written with underscores or dashes."""
    names = dict.fromkeys((f"--{name}", f"--{name.replace('_', '-')}"))
    group.add_argument(*names, dest=name, **settings)


# Training


def run_training(options: argparse.Namespace, command: str) -> int:
    """Train, or go on, and write the network."""
    from model.job import Training

    out, job = job_of(options)
    check_out(out, options)
    dataset = job.load_data()
    begin = Training.resumed if options.resume else Training
    training = begin(job, dataset, out, threads=options.threads)
    print(job.build().summary())
    print(f"Training on {len(dataset.train):,} pictures, validating on {len(dataset.validation):,}.")
    stopped = False
    try:
        for progress in training.run():
            show(progress)
            if progress.ends_epoch:
                write_history(training, options)
    except KeyboardInterrupt:
        stopped = True
        print("\nStopped.")
    network = training.finish(command)
    if network is None:
        print("No epoch was finished, so there is nothing to keep.")
        return STOPPED
    print(f"{out}: {100 * network.info['validation_accuracy']:.2f} % of the validation pictures read right, ", end="")
    print(f"{100 * network.info['test_accuracy']:.2f} % of the test pictures.")
    return STOPPED if stopped else 0


def job_of(options: argparse.Namespace) -> "tuple[Path, Job]":
    """Where the network goes and what is trained; for --resume as the checkpoint says. Raises ValueError."""
    from model import checkpoint
    from model.job import Job

    if not options.resume:
        job = new_job(options)
        return options.out or free_name(job), job
    out = options.out if options.resume is True else Path(options.resume)
    if out is None:
        raise UsageError("Say which training to go on with: --resume OUT, or --out OUT --resume.")
    if out.name.endswith(".checkpoint.npz"):
        out = out.with_name(out.name.removesuffix(".checkpoint.npz") + ".npz")
    job = Job.from_json(checkpoint.load(checkpoint.path_for(out)).header["job"])
    if sets_job(options) and new_job(options) != job:
        raise UsageError(f"The checkpoint of {out} was made with other options; leave them out to go on with it.")
    return out, job


JOB_OPTIONS = ("network", "hidden_size", "activation_function", "data", "handwriting", "strange", "recipe", "warp")


def sets_job(options: argparse.Namespace) -> bool:
    """Whether any option was given that decides the result."""
    from model.recipe import Recipe

    names = (*JOB_OPTIONS, *(f.name for f in fields(Recipe)))
    return any(getattr(options, name) is not None for name in names)


def new_job(options: argparse.Namespace) -> "Job":
    """The job that the options describe. Raises ValueError with one sentence for what is out of range."""
    from model.augment import Warp
    from model.job import Job
    from model.mixture import Mixture
    from model.recipes import recipe

    if options.hidden_size and options.network:
        raise UsageError("Give --network or --hidden_size, not both.")
    if options.activation_function and not options.hidden_size:
        raise UsageError("--activation_function goes with --hidden_size.")
    if options.start or options.length:
        raise UsageError("--from and --length go with --drawings.")
    if options.threads is not None and options.threads < 1:
        raise UsageError(f"--threads must be at least 1, not {options.threads}.")
    network = options.network or "cnn"
    base, mixture = recipe(options.recipe or ("plain" if options.hidden_size else "full"), network)
    given = {name: getattr(options, name) for name in recipe_fields()}
    changes = {name: value for name, value in given.items() if value is not None}
    if options.warp is not None:
        if not 0 <= options.warp <= 5:
            raise UsageError(f"--warp must be from 0 to 5, not {options.warp:g}.")
        changes["warp"] = Warp() * options.warp if options.warp else None
    return Job(
        network=network,
        hidden_size=tuple(options.hidden_size) if options.hidden_size else None,
        activation=options.activation_function or "relu",
        recipe=replace(base, **changes),
        mixture=Mixture(
            mixture.handwriting if options.handwriting is None else options.handwriting,
            mixture.strange if options.strange is None else options.strange,
        ),
        data=options.data,
    )


def free_name(job: "Job") -> Path:
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
    if not out.parent.is_dir():
        raise UsageError(f"There is no folder {out.parent}; make it first.")


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


def write_history(training: "Training", options: argparse.Namespace) -> None:
    """Write what was asked for; a full disk must not end a training, so it is only said."""
    from model.history import draw_curves, write_csv

    for write, path in ((write_csv, options.history), (draw_curves, options.plot)):
        if path is not None:
            try:
                write(training.history, path)
            except OSError as error:
                print(f"\n{path} could not be written ({error.strerror}).", file=sys.stderr)


# Lessons


def run_lesson(options: argparse.Namespace, command: str) -> int:
    """Teach a network somebody's drawings, and write the new network."""
    from model.comparison import compare
    from model.data import load_dataset
    from model.drawing import read_drawings
    from model.lesson_plans import plan
    from model.network import Network
    from model.personal import Lesson

    if options.resume:
        raise UsageError("--resume does not go with --drawings; a lesson is short, so start it again.")
    start = options.start or WEIGHTS / "cnn.npz"
    old = Network.load(start)
    changes = {f: getattr(options, f) for f in recipe_fields() if getattr(options, f) is not None}
    chosen = plan(options.length or "quick", from_nothing=False)
    chosen = replace(chosen, recipe=replace(chosen.recipe, **changes))
    out = options.out or free_path(f"{start.stem}-taught")
    check_out(out, options)
    drawings = read_drawings(options.drawings)
    dataset = load_dataset(Path(options.data) if options.data else None)
    lesson = Lesson(old, dataset, drawings, chosen, threads=options.threads)
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
    result = compare(old, new, dataset.test, lesson.drawings, seconds=lesson.seconds)
    new.info |= {"command": command, "test_accuracy": result.after.test_accuracy, "seconds": round(lesson.seconds, 1)}
    new.save(out)
    for when, judged in (("before", result.before), ("now", result.after)):
        share = f"{100 * judged.test_accuracy:.2f} % of the test pictures"
        print(f"{when:>6}: {judged.own_right} of {result.own} drawings and {share} read right")
    print(f"Written to {out}.")
    return STOPPED if stopped else 0


def recipe_fields() -> list[str]:
    """The options that change a recipe's values as they are."""
    from model.recipe import Recipe

    return [f.name for f in fields(Recipe) if f.name != "warp"]


# Judging


def run_evaluation(options: argparse.Namespace) -> int:
    """Measure a network on the test set."""
    from model.data import load_dataset
    from model.evaluation import evaluate, probabilities_of
    from model.network import Network
    from model.report import as_text, draw_reliability, draw_worst

    network = Network.load(options.evaluate)
    test = load_dataset(Path(options.data) if options.data else None).test
    probabilities = probabilities_of(network, test, threads=options.threads)
    result = evaluate(probabilities, test.labels, sure_at=network.info.get("sure_at"))
    if options.reliability:
        draw_reliability(result, options.reliability)
    if options.worst:
        draw_worst(test, probabilities, options.worst)
    if options.json:
        print(json.dumps({"network": str(options.evaluate), "parameters": network.parameter_count, **result.as_json()}))
        return 0
    print(network.summary())
    print(f"\n{as_text(result)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
