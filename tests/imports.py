"""Reads the imports of the program's modules out of their source, without running any of it."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Import:
    """One module that an import statement names."""

    importer: str  # dotted name of the module that it stands in
    target: str  # dotted name of the module: with "from a import b" it is a.b where that is a module, else a
    line: int
    in_function: bool  # runs when the function is called, not when the importer is loaded
    for_types: bool  # under "if TYPE_CHECKING:", so it never runs

    def __str__(self) -> str:
        return f"{self.importer} -> {self.target}"


@cache
def modules() -> dict[str, Path]:
    """Dotted name to file, for every module of app/ and model/, and for main.py and train.py."""
    files = [*ROOT.glob("app/**/*.py"), *ROOT.glob("model/**/*.py"), ROOT / "main.py", ROOT / "train.py"]
    return {dotted_name(file.relative_to(ROOT)): file for file in sorted(files)}


def dotted_name(file: Path) -> str:
    """app/ui/theme.py is app.ui.theme, and app/ui/__init__.py is app.ui."""
    parts = file.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def imports() -> tuple[Import, ...]:
    """Every import of every module, also those in functions and those for the type checker alone."""
    found: list[Import] = []
    for module, file in modules().items():
        tree = ast.parse(file.read_text(encoding="utf-8"), str(file))
        found += _imports_below(tree, module, in_function=False, for_types=False)
    return tuple(found)


def among_us() -> list[Import]:
    """The imports whose target is a module of the program."""
    return [one for one in imports() if one.target in modules()]


def loaded_with(start: str) -> set[str]:
    """The program's modules that are loaded when `start` is: those that it imports outside functions, and so on."""
    targets: dict[str, set[str]] = {module: set() for module in modules()}
    for one in among_us():
        if not one.in_function and not one.for_types:
            targets[one.importer].add(one.target)
    loaded: set[str] = set()
    waiting = {start}
    while waiting:
        module = waiting.pop()
        loaded.add(module)
        packages = {module.rsplit(".", dots)[0] for dots in range(1, module.count(".") + 1)}
        waiting |= (targets[module] | packages) - loaded
    return loaded


def circles() -> list[list[str]]:
    """The groups of modules that import each other, directly or by others; each sorted, and the groups too."""
    reached = {module: _reached(module) for module in modules()}
    groups = {
        tuple(sorted(other for other in reached[module] if module in reached[other]))
        for module in modules()
        if module in reached[module]
    }
    return [list(group) for group in sorted(groups)]


def _reached(start: str) -> set[str]:
    """The modules at which one arrives from `start` along the arrows; `start` itself only by a circle."""
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        for target in _targets()[waiting.pop()] - reached:
            reached.add(target)
            waiting.append(target)
    return reached


@cache
def _targets() -> dict[str, set[str]]:
    """Module to the modules that it imports."""
    targets: dict[str, set[str]] = {module: set() for module in modules()}
    for one in among_us():
        targets[one.importer].add(one.target)
    return targets


def _imports_below(node: ast.AST, module: str, *, in_function: bool, for_types: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        for target in _imported(child, module):
            yield Import(module, target, child.lineno, in_function, for_types)  # type: ignore[attr-defined]
        yield from _imports_below(
            child,
            module,
            in_function=in_function or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda),
            for_types=for_types or (isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)),
        )


def _imported(node: ast.AST, module: str) -> Iterable[str]:
    """The modules that a statement imports; none where it is no import."""
    if isinstance(node, ast.Import):
        return {name.name for name in node.names}
    if isinstance(node, ast.ImportFrom):
        if node.level or node.module is None:
            raise AssertionError(f"{module}, line {node.lineno}: write the whole name of the module")
        inner = {f"{node.module}.{name.name}" for name in node.names}
        return {name if name in modules() else node.module for name in inner}
    return ()
