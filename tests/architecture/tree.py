"""What the architecture tests read: the files of the repository, the rooms, parsed modules."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "concertoit"
WINGS = ("front", "insight", "field", "together", "ground")


@cache
def tracked() -> tuple[Path, ...]:
    """Files of the repository as git knows them, those about to be added included."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    return tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())


@cache
def rooms() -> tuple[str, ...]:
    """``wing.room`` of every room that exists."""
    found = (path.parent for wing in WINGS for path in (PACKAGE / wing).glob("*/__init__.py"))
    return tuple(sorted(f"{path.parent.name}.{path.name}" for path in found))


def room_path(room: str) -> Path:
    return PACKAGE.joinpath(*room.split("."))


@cache
def modules() -> tuple[Path, ...]:
    """The package's own modules, migrations left out."""
    return tuple(path for path in tracked() if _is_module(path))


def _is_module(path: Path) -> bool:
    return path.suffix == ".py" and PACKAGE in path.parents and "migrations" not in path.parts


@cache
def syntax(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


@cache
def templates() -> tuple[Path, ...]:
    """All our templates."""
    return tuple(path for path in tracked() if PACKAGE in path.parents and "templates" in path.parts)


def room_of(path: Path) -> str:
    """``wing.room`` of a file of the package, or its first folder when it belongs to no room."""
    parts = path.relative_to(PACKAGE).parts
    return ".".join(parts[:2]) if parts[0] in WINGS and len(parts) > 2 else parts[0]


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))
