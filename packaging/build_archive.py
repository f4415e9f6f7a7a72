"""Builds the program that runs without Python, and packs it: python packaging/build_archive.py [--out FOLDER]

It is for the system and processor that it is built on. Needs the extra "archive": pip install -e '.[archive]'
"""

import argparse
import platform
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from model.version import version

SYSTEMS = {"linux": "linux", "win32": "windows", "darwin": "macos"}
MACHINES = {"AMD64": "x86_64", "ARM64": "arm64"}  # Windows' names
PACKAGES = ("numpy", "pygame", "pygame-ce", "pillow")  # one of two pygames is there
LICENCE_NAMES = ("licen", "copying", "lgpl")


def main() -> None:
    """Build, pack, and say how large it is."""
    parser = argparse.ArgumentParser(description="Build the program that runs without Python, and pack it.")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", metavar="FOLDER", help="default: dist")
    out = parser.parse_args().out.resolve()
    with tempfile.TemporaryDirectory() as work:
        folder = build(Path(work))
        add_texts(folder)
        name = f"digitpad-{version()}-{SYSTEMS[sys.platform]}-{MACHINES.get(platform.machine(), platform.machine())}"
        archive = pack(folder, out / name)
        print(f"{archive}: {archive.stat().st_size / 1e6:.0f} MB, {size_of(folder) / 1e6:.0f} MB unpacked")


def build(work: Path) -> Path:
    """Let PyInstaller build; returns the folder to pack, which holds nothing else."""
    places: list[str | Path] = ["--distpath", work / "dist", "--workpath", work / "build"]
    spec = ROOT / "packaging" / "digitpad.spec"
    subprocess.run([sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level=WARN", *places, spec], check=True)
    folder = work / "dist" / "digitpad"
    if sys.platform == "linux":
        strip(folder / "_internal")
    elif sys.platform == "darwin":  # the program is one bundle, and what lies beside it a folder of its own
        shutil.rmtree(folder)
        folder.mkdir()
        shutil.move(work / "dist" / "Digitpad.app", folder)
    return folder


def strip(folder: Path) -> None:
    """Take the debugging symbols out of Python's own libraries; those of wheels do not survive it."""
    libraries = [*folder.glob("libpython*.so*"), *folder.glob("python*/lib-dynload/*.so")]
    subprocess.run(["strip", "--strip-unneeded", *libraries], check=True)


def add_texts(folder: Path) -> None:
    """How to start it, everybody's licence, and on Linux what puts it into the menu."""
    shutil.copy(ROOT / "packaging" / "START.txt", folder)
    shutil.copy(ROOT / "LICENSE", folder)
    licences = folder / "licences"
    for package in PACKAGES:
        copy_licences(package, licences / package)
    python = Path(sysconfig.get_path("stdlib"))
    for file in [python / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt"]:  # the second on Windows
        if file.is_file():
            (licences / "python").mkdir()
            shutil.copy(file, licences / "python")
            break
    if sys.platform == "linux":
        for file in (ROOT / "packaging" / "linux").iterdir():
            shutil.copy(file, folder)


def copy_licences(package: str, folder: Path) -> None:
    """Copy the licences that a package was installed with, whose folders become part of their names."""
    try:
        files = metadata.distribution(package).files or []
    except metadata.PackageNotFoundError:
        return
    for file in files:
        if any(part in file.name.lower() for part in LICENCE_NAMES) and "__pycache__" not in file.parts:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(file.locate(), folder / "-".join(file.parts[1:]))


def pack(folder: Path, archive: Path) -> Path:
    """Pack the folder as its system likes it; returns the archive's path."""
    archive.parent.mkdir(parents=True, exist_ok=True)
    if sys.platform == "darwin":  # zipfile would follow the links in a bundle, and break its signature
        path = archive.with_name(archive.name + ".zip")
        subprocess.run(["ditto", "-c", "-k", "--keepParent", folder, path], check=True)
        return path
    kind = "zip" if sys.platform == "win32" else "gztar"
    return Path(shutil.make_archive(str(archive), kind, folder.parent, folder.name))


def size_of(folder: Path) -> int:
    """The bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


if __name__ == "__main__":
    main()
