"""Django's own checks, as an installation behind HTTPS would run them, and models against their migrations."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

COMMANDS = (
    ["makemigrations", "--check", "--dry-run"],
    ["check", "--deploy", "--fail-level", "WARNING"],
)


def main() -> int:
    """Run each command on an empty data folder; the worst exit code."""
    with tempfile.TemporaryDirectory(prefix="concertoit-check-") as folder:
        environment = {
            **os.environ,
            "CONCERTOIT_DATA": folder,
            "CONCERTOIT_URL": "https://concertoit.example",
            "CONCERTOIT_HOSTS": "concertoit.example",
        }
        concertoit = Path(sys.executable).with_name("concertoit")
        return max(
            subprocess.run([concertoit, *command], env=environment, check=False).returncode for command in COMMANDS
        )


if __name__ == "__main__":
    sys.exit(main())
