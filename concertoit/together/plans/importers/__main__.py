"""``python -m concertoit.together.plans.importers FILE [--report OUT]``: what a document is understood as."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from .readers import read
from .report import report
from .understand import understand


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--report", type=Path)
    arguments = parser.parse_args()
    found = report(understand(read(arguments.file.read_bytes(), arguments.file.name)))
    text = json.dumps(found, ensure_ascii=False, indent=1)
    if arguments.report:
        arguments.report.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{json.dumps(found['counts'])} {found['budget_total']}\n")
    else:
        sys.stdout.write(f"{text}\n")


main()
