"""Known advisories about the locked packages, where an advisory list can be reached; says so where it cannot."""

import json
import subprocess
import sys
from pathlib import Path

LOCK = Path(__file__).resolve().parent.parent / "requirements.lock"
COMMAND = ["--progress-spinner=off", "--disable-pip", "--require-hashes", "--timeout=10", "--format=json", "-r", LOCK]


def main() -> int:
    """1 for an advisory, 0 for none or for no answer."""
    try:
        result = subprocess.run(
            [Path(sys.executable).with_name("pip-audit"), *COMMAND],
            capture_output=True, text=True, timeout=90, check=False,
        )  # fmt: skip
        packages = json.loads(result.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, json.JSONDecodeError, KeyError):
        print("pip-audit: no advisory list within reach from here; nothing was verified")
        return 0
    found = [(package["name"], package["version"], bug) for package in packages for bug in package.get("vulns", ())]
    for name, version, bug in found:
        print(f"{name} {version}: {bug['id']}, corrected in {', '.join(bug['fix_versions']) or 'no version yet'}")
    print(f"pip-audit: {len(packages)} packages, {len(found)} advisories")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
