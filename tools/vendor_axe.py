"""Refresh axe-core, the accessibility checker of the browser tests: an exact version from npm, its licence beside."""

import shutil
import subprocess
import tempfile
from pathlib import Path

VERSION = "4.14.1"
TARGET = Path(__file__).resolve().parent.parent / "tests" / "browser" / "vendor"


def main() -> None:
    """Fetch the package with npm and keep two files of it."""
    with tempfile.TemporaryDirectory() as folder:
        packed = subprocess.run(
            ["npm", "pack", "--silent", f"axe-core@{VERSION}"], cwd=folder, check=True, capture_output=True, text=True
        ).stdout.strip()
        shutil.unpack_archive(Path(folder) / packed, folder, "gztar")
        TARGET.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(Path(folder) / "package" / "axe.min.js", TARGET / "axe.min.js")
        shutil.copyfile(Path(folder) / "package" / "LICENSE", TARGET / "axe.LICENSE")
    print(f"axe-core {VERSION}")


if __name__ == "__main__":
    main()
