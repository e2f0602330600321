"""``make test``: the suite on SQLite, then on PostgreSQL where its server is installed (CI requires it).

What does not speak to a database (architecture) or is slow and does not depend on it (browser) runs once. The last line
printed, also kept in ``build/tests-summary.txt``, adds both runs: ``N passed, N failed, N skipped``.
"""

import os
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SUMMARY = ROOT / "build" / "tests-summary.txt"
PYTEST = [sys.executable, "-m", "pytest", "-q", "-n", os.environ.get("JOBS", "auto"), "--maxprocesses=8"]
ONCE = ["-m", "not browser", "--ignore=tests/architecture"]
_COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped)")


def run(title: str, command: list[str]) -> tuple[int, Counter[str], bool]:
    """Run one suite, showing its lines as they come; its code, its counts, and whether it ran at all."""
    print(f"=== {title}", flush=True)
    counts: Counter[str] = Counter()
    ran = False
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            if re.search(r"\bin \d+\.\d+s", line) and (found := _COUNT.findall(line)):
                ran = True
                counts = Counter({_plain(word): int(number) for number, word in found})
    return process.returncode, counts, ran


def _plain(word: str) -> str:
    return "failed" if word.startswith("error") else word


def main(arguments: list[str]) -> int:
    started = time.monotonic()
    SUMMARY.parent.mkdir(exist_ok=True)
    SUMMARY.write_text("0 passed, 1 failed\n")
    runs = [
        run("SQLite", [*PYTEST, *arguments]),
        run("PostgreSQL", [sys.executable, "-m", "tests.pg", *PYTEST, *ONCE, *arguments]),
    ]
    total: Counter[str] = Counter()
    for code, counts, ran in runs:
        total += counts
        if code and not counts["failed"]:
            total["failed"] += 1  # it broke before it could count
        if code == 0 and not ran:
            print("(one database only)")
    print(f"{time.monotonic() - started:.0f} s")
    line = f"{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped"
    SUMMARY.write_text(line + "\n")
    print(line, flush=True)
    return 1 if total["failed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
