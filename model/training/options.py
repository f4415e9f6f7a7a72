"""The command line of train.py: its options, and the job that they describe.

Imports numpy only once a job is made, so that `--help` comes at once.
"""

import argparse
from collections.abc import Iterable
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from model.errors import UsageError
from model.version import ShowVersion

if TYPE_CHECKING:
    from model.training.job import TrainingJob

CHANGES_NOTHING = ("--out", "--overwrite", "--history", "--plot", "--threads", "--resume")
MIXTURE_OPTIONS = ("handwriting", "non_digits", "pen_digits", "pen_non_digits", "repeats")
DATA_OPTIONS = ("data", "transpose", "invert")
JOB_OPTIONS = ("network", "hidden_size", "activation_function", "recipe", "warp", *DATA_OPTIONS, *MIXTURE_OPTIONS)


class _Parser(argparse.ArgumentParser):
    """Says in one sentence what is wrong, without the fifty lines of usage before it."""

    def error(self, message: str) -> NoReturn:
        named, _, wrong = message.removeprefix("argument ").partition(": ")
        sentence = f"{named.split('/')[0]} {wrong}" if message.startswith("argument ") else message
        self.exit(2, f"{self.prog}: {sentence}; --help lists the options.\n")


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be a whole number, not {text!r}") from None


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be a number, not {text!r}") from None


def build_parser() -> argparse.ArgumentParser:
    """All options; those of the recipe are None unless given, so that the recipe's own values stand."""
    parser = _Parser(
        prog="train.py",
        description="Train a network that reads digits, and write it to a new file.",
        epilog="Example: python train.py --hidden_size 50 50 --batch_size 32 --lr 0.1 --epochs 10",
    )
    parser.add_argument("--version", action=ShowVersion)
    _add_what(parser.add_argument_group("what to train"))
    _add_how(parser.add_argument_group("how"))
    _add_files(parser.add_argument_group("files"))
    _add_judging(parser.add_argument_group("judging a network"))
    return parser


def _add_what(what: Any) -> None:
    what.add_argument("--network", metavar="NAME", help="a named network (cnn, mlp, dense-100, ...); cnn if left out")
    _add(
        what,
        "hidden_size",
        type=_whole,
        nargs="+",
        metavar="UNITS",
        help="train a dense network with these hidden layers",
    )
    _add(what, "activation_function", help="of --hidden_size: relu, leaky_relu, tanh or sigmoid")
    what.add_argument(
        "--data", metavar="PATH", help="a folder of IDX files, an npz or a CSV file; bundled MNIST if left out"
    )
    for name, about in (("transpose", "rows and columns"), ("invert", "ink and paper")):
        what.add_argument(f"--{name}", action="store_const", const=True, help=f"exchange {about} in pictures of --data")
    _add(what, "handwriting", type=_whole, metavar="N", help="pictures of the pen model's handwriting to add")
    what.add_argument(
        "--drawings",
        type=Path,
        metavar="FILE",
        help="teach a network these labelled drawings (ndjson); with --evaluate, measure it on them",
    )
    what.add_argument(
        "--from",
        dest="start",
        type=Path,
        metavar="FILE",
        help="the network that --drawings go on from; the default one if left out",
    )
    what.add_argument("--length", metavar="NAME", help="of --drawings: quick, good or thorough; quick if left out")
    _add(
        what,
        "non_digits",
        type=_whole,
        metavar="N",
        help="pictures of no digit to add, which teach the network to doubt",
    )
    _add(
        what, "pen_digits", type=_whole, metavar="N", help="pictures of people's digits, drawn of their strokes, to add"
    )
    _add(what, "pen_non_digits", type=_whole, metavar="N", help="pictures of people's letters and signs to add")
    what.add_argument(
        "--repeats", type=_whole, metavar="N", help="how often each picture of the data stands in an epoch"
    )


def _add_how(how: Any) -> None:
    how.add_argument(
        "--recipe",
        metavar="NAME",
        help="full, quick or plain, or of a seed network seed or best: what the options below start from",
    )
    how.add_argument("--epochs", type=_whole, metavar="N", help="how often the training pictures are gone through")
    _add(how, "batch_size", type=_whole, metavar="N", help="pictures to a step")
    how.add_argument("--lr", "--learning_rate", "--learning-rate", dest="learning_rate", type=_number, metavar="RATE")
    how.add_argument("--optimizer", help="sgd, momentum, nesterov, adam or muon")
    how.add_argument("--momentum", type=_number, metavar="M", help="of momentum, nesterov and muon, from 0 to below 1")
    _add(how, "weight_decay", type=_number, metavar="RATE", help="decoupled from the gradients")
    how.add_argument("--schedule", help="of the learning rate: constant, linear, cosine or one_cycle")
    how.add_argument("--loss", help="cross_entropy or mse")
    _add(how, "label_smoothing", type=_number, metavar="FRACTION", help="fraction of each label that all digits get")
    how.add_argument(
        "--doubt", type=_number, metavar="P", help="pictures of no digit teach only while a digit gets more than this"
    )
    how.add_argument("--averaging", type=_number, metavar="DECAY", help="decay of the running average of the weights")
    _add(how, "ends_after", type=_whole, metavar="N", help="end after this epoch, before the schedule does")
    _add(how, "epoch_size", type=_whole, metavar="N", help="pictures of an epoch, others each time; all if left out")
    how.add_argument(
        "--warp", type=_number, metavar="STRENGTH", help="random warps of the pictures; 0 for none, 1 as usual"
    )
    _add(
        how,
        "warp_end",
        type=_number,
        metavar="FRACTION",
        help="fraction of the warps' strength that is left at the end",
    )
    how.add_argument("--seed", type=_whole, metavar="K", help="the same number trains the same network; 0 if left out")
    how.add_argument("--threads", type=_whole, help="how many cores to use, all if left out; changes no result")


def _add_files(files: Any) -> None:
    files.add_argument("--out", type=Path, metavar="FILE", help="where the network goes; a new name here if left out")
    files.add_argument("--overwrite", action="store_true", help="allow --out to replace a file")
    files.add_argument("--history", type=Path, metavar="FILE.csv", help="write the figures of every epoch")
    files.add_argument(
        "--plot",
        type=Path,
        metavar="FILE.png",
        help="draw curves and confusion matrix; with --evaluate too",
    )
    files.add_argument(
        "--resume", nargs="?", const=True, metavar="OUT", help="go on with the training that writes to OUT"
    )


def _add_judging(judge: Any) -> None:
    judge.add_argument(
        "--evaluate",
        type=Path,
        metavar="FILE",
        help="measure a network on the test set, or on --drawings, and train nothing",
    )
    judge.add_argument(
        "--card", action="store_true", help="keep what it confuses of MNIST's validation pictures for its card"
    )
    judge.add_argument("--json", action="store_true", help="print the evaluation as one JSON object")
    judge.add_argument(
        "--reliability", type=Path, metavar="FILE.png", help="draw how far its confidence can be trusted"
    )
    judge.add_argument(
        "--worst", type=Path, metavar="FILE.png", help="draw the twenty it is most sure of and wrong about"
    )


def _add(group: Any, name: str, **settings: Any) -> None:
    """An option that may be written with underscores or dashes."""
    names = dict.fromkeys((f"--{name}", f"--{name.replace('_', '-')}"))
    group.add_argument(*names, dest=name, **settings)


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


def sets_job(options: argparse.Namespace) -> bool:
    """Whether any option was given that decides the result."""
    from model.training.recipe import Recipe

    names = (*JOB_OPTIONS, *(f.name for f in fields(Recipe)))
    return any(getattr(options, name) is not None for name in names)


def new_job(options: argparse.Namespace) -> "TrainingJob":
    """The job that the options describe. Raises ValueError with one sentence for what is out of range."""
    from model.pictures.warp import Warp
    from model.training.job import TrainingJob
    from model.training.recipes import recipe

    if options.hidden_size and options.network:
        raise UsageError("Give --network or --hidden_size, not both.")
    if options.activation_function and not options.hidden_size:
        raise UsageError("--activation_function goes with --hidden_size.")
    if options.start or options.length:
        raise UsageError("--from and --length go with --drawings.")
    if options.threads is not None and options.threads < 1:
        raise UsageError(f"--threads must be at least 1, not {options.threads}.")
    check_data(options)
    network = options.network or "cnn"
    base, mixture = recipe(options.recipe or ("plain" if options.hidden_size else "full"), network)
    changes = _given(options, recipe_fields())
    if "epochs" in changes:  # so many are wanted, whether or not the recipe ends before its schedule
        changes.setdefault("ends_after", None)
    if options.warp is not None:
        if not 0 <= options.warp <= 5:
            raise UsageError(f"--warp must be from 0 to 5, not {options.warp:g}.")
        changes["warp"] = Warp() * options.warp if options.warp else None
    return TrainingJob(
        network=network,
        hidden_size=tuple(options.hidden_size) if options.hidden_size else None,
        activation=options.activation_function or "relu",
        recipe=replace(base, **changes),
        mixture=replace(mixture, **_given(options, MIXTURE_OPTIONS)),
        data=options.data,
        transpose=bool(options.transpose),
        invert=bool(options.invert),
    )


def _given(options: argparse.Namespace, names: Iterable[str]) -> dict[str, Any]:
    """The options of these names that were given."""
    given = {name: getattr(options, name) for name in names}
    return {name: value for name, value in given.items() if value is not None}


def check_data(options: argparse.Namespace) -> None:
    """Raise UsageError for options of a data set where none is given."""
    if (options.transpose or options.invert) and not options.data:
        raise UsageError("--transpose and --invert go with --data.")


def recipe_fields() -> list[str]:
    """The options that change a recipe's values as they are."""
    from model.training.recipe import Recipe

    return [f.name for f in fields(Recipe) if f.name != "warp"]
