"""The command `network`: networks for other programs, and from them."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from app.command_line.arguments import DEFAULT_NETWORK, add_command, add_network, check_new, load_network, named_network
from model.errors import UsageError

if TYPE_CHECKING:
    from model.network.network import Network


def add_network_actions(parser: argparse.ArgumentParser) -> None:
    """The actions of `network`."""
    actions = parser.add_subparsers(title="what to do", metavar="ACTION", required=True)
    export = add_command(actions.add_parser, "export", "write a network to a file that is not there yet")
    export.set_defaults(run=run_network_export)
    forms = "NAME.html: a page that reads in any browser; NAME.onnx; NAME.npz"
    export.add_argument("file", type=Path, metavar="FILE", help=forms)
    export.add_argument("--bits", type=int, choices=(8, 32), help="of each weight in an npz file (default: 32)")
    export.add_argument(
        "--learned",
        action="store_true",
        help="with what it learned at once, which its own file lacks",
    )
    add_network(export)
    card = add_command(actions.add_parser, "card", "say what a network learned from and what it confuses")
    card.set_defaults(run=run_network_card)
    card.add_argument("named", metavar="NETWORK", help=f"a network's name, such as {DEFAULT_NETWORK}, or an npz file")
    fetch = add_command(actions.add_parser, "import", "make a network of the arrays of another library's layers")
    fetch.set_defaults(run=run_network_import)
    fetch.add_argument("arrays", type=Path, metavar="ARRAYS.npz", help="the arrays, in the order of their layers")
    fetch.add_argument("file", type=Path, metavar="FILE.npz", help="the network, a file that is not there yet")
    fetch.add_argument("--of", choices=("pytorch", "keras"), required=True, help="the library that wrote the arrays")
    fetch.add_argument("--like", required=True, metavar="NAME|FILE", help="a network of the same layers")


def run_network_export(options: argparse.Namespace) -> int:
    """Write a network to a new file, in the form that the end of its name says."""
    check_new(options.file)
    form = options.file.suffix.lower()
    if form not in (".html", ".onnx", ".npz"):
        raise UsageError(f"{options.file} does not say its form; let its name end in .html, .onnx or .npz")
    if options.bits is not None and form != ".npz":
        raise UsageError("--bits is for npz files; leave it out")
    name = Path(getattr(options, "network", DEFAULT_NETWORK)).stem
    network, note = _learned(load_network(options), name, options)
    if form == ".html":
        from app.messages import Messages, languages
        from model.exchange.web_page import write_page

        write_page(network, name, {language: Messages(language).texts for language in languages()}, options.file)
    elif form == ".onnx":
        try:
            from model.exchange.onnx_file import write_onnx
        except ModuleNotFoundError:
            raise UsageError("ONNX files take the package onnx; install it with: pip install onnx") from None
        write_onnx(network, options.file)
    else:
        network.save(options.file, bits=options.bits or 32)
    print(f"{name} written to {options.file}.{note}")
    return 0


def run_network_card(options: argparse.Namespace) -> int:
    """Print what is known of a network."""
    from app.command_line.card import card_text

    print(card_text(options.named))
    return 0


def _learned(network: "Network", name: str, options: argparse.Namespace) -> "tuple[Network, str]":
    """The network with what it learned at once, if that is asked for; and what is to be said of that, if anything."""
    from app.store import learned
    from app.store.networks import LoadedNetwork, find
    from model.network.growth import can_grow

    path = find(getattr(options, "network", DEFAULT_NETWORK))
    try:
        forms = learned.load(LoadedNetwork(path.stem, path, network)) if can_grow(network) else ()
    except learned.LearnedError:
        if options.learned:
            raise
        forms = ()
    if not options.learned:
        return network, f" What it learned at once ({len(forms)}) is not in it; --learned adds that." if forms else ""
    if not forms:
        raise UsageError(f"{name} has learned nothing at once; leave --learned out")
    from model.training.at_once import with_forms

    return with_forms(network, forms), f" What it learned at once ({len(forms)}) is in it."


def run_network_import(options: argparse.Namespace) -> int:
    """Make a network of another library's arrays, and say how well it reads: a wrong order of arrays shows there."""
    from model.data.datasets import load_dataset
    from model.evaluation.evaluation import evaluate, probabilities_of
    from model.exchange.layer_arrays import network_of_arrays

    check_new(options.file)
    if options.file.suffix.lower() != ".npz":
        raise UsageError(f"{options.file} is no name of a network's file; let it end in .npz")
    network = network_of_arrays(options.arrays, options.of, named_network(options.like))
    test = load_dataset().test
    accuracy = evaluate(probabilities_of(network, test), test.labels).accuracy
    network.info["test_accuracy"] = accuracy
    network.save(options.file)
    print(f"Written to {options.file}: {100 * accuracy:.2f} % of MNIST's test pictures read right.")
    return 0
