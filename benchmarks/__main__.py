"""``make bench``: run the measures, print them, and write them in ``docs/performance.md``.

    python -m benchmarks                   everything that is not slow
    python -m benchmarks pages exports     these modules only (the others keep what they had)

Each module runs in a process of its own, on an empty data folder.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import platform
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import benchmarks
from tests.pg import temporary_server

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "performance.md"
RESULT = "measured: "
Row = dict[str, Any]


def discover() -> tuple[dict[str, tuple[str, ...]], set[str]]:
    """Names of the modules with a ``measure()``, and the databases each wants; those that wait to be asked for."""
    found, slow = {}, set()
    for module in pkgutil.iter_modules(benchmarks.__path__):
        text = (Path(benchmarks.__path__[0]) / f"{module.name}.py").read_text()
        if "\ndef measure(" in text:
            on = ("sqlite", "postgresql") if '\nON = ("sqlite", "postgresql")' in text else ("sqlite",)
            found[module.name] = on
            if "\nSLOW = True" in text:
                slow.add(module.name)
    return found, slow


def one(name: str) -> None:
    """In the process of its own: run a module and print its rows for the parent."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    rows = importlib.import_module(f"benchmarks.{name}").measure()
    print(RESULT + json.dumps(list(rows)), flush=True)


def run(name: str, database: str) -> list[Row]:
    """The rows of a module on a database. Raises ``CalledProcessError`` when it fails."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="concertoit-bench-"))
        environment = {**os.environ, "CONCERTOIT_DATA": folder, "CONCERTOIT_LOG": "ERROR"}
        environment.pop("CONCERTOIT_DATABASE", None)
        if database == "postgresql":
            environment["CONCERTOIT_DATABASE"] = stack.enter_context(temporary_server())
        command = [sys.executable, "-m", "benchmarks", "--one", name]
        output = subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
        line = next(line for line in reversed(output.stdout.splitlines()) if line.startswith(RESULT))
        rows: list[Row] = json.loads(line.removeprefix(RESULT))
        return rows


def table(rows: list[Row]) -> str:
    """Rows as Markdown."""
    lines = ["| measure | value | floor in the same run | ratio | target |", "| --- | ---: | ---: | ---: | --- |"]
    for row in rows:
        floor = f"{row['floor']:g}" if row.get("floor") is not None else ""
        ratio = f"{row['ratio']:.1f}" if row.get("ratio") is not None else ""
        lines.append(
            f"| {row['name']} | {row['value']:g} {row['unit']} | {floor} | {ratio} | {row.get('target', '')} |"
        )
    return "\n".join(lines)


def write(section: str, title: str, rows: list[Row]) -> None:
    """Put a table between the markers of its section, at the end of the page when there are none yet."""
    start, end = f"<!-- {section} -->", f"<!-- /{section} -->"
    text = PAGE.read_text()
    block = f"{start}\n{table(rows)}\n{end}"
    if start in text:
        before, _, rest = text.partition(start)
        text = before + block + rest.partition(end)[2]
    else:
        text = text.rstrip() + f"\n\n### {title}\n\n{block}\n"
    PAGE.write_text(text)


def main(names: list[str]) -> int:
    known, slow = discover()
    if unknown := set(names) - set(known):
        raise SystemExit(f"no such measures: {', '.join(sorted(unknown))}; there are {', '.join(sorted(known))}")
    failed = 0
    for name, databases in sorted(known.items()):
        if name not in (names or set(known) - slow):
            continue
        for database in databases:
            title = f"{name}, {database}" if len(databases) > 1 else name
            started = time.monotonic()
            try:
                rows = run(name, database)
            except (subprocess.CalledProcessError, FileNotFoundError) as error:
                print(f"## {title}: {error}")
                failed += 1
                continue
            print(f"## {title} ({time.monotonic() - started:.0f} s)\n{table(rows)}\n", flush=True)
            write(title.replace(", ", "-"), title, rows)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores; written in {PAGE.relative_to(ROOT)}")
    return 1 if failed else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2])
    else:
        sys.exit(main(sys.argv[1:]))
