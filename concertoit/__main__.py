"""The ``concertoit`` command: the house's own commands first, and everything Django offers."""

import os
import sys
from pathlib import Path

# A person types `import-plan`, Django names commands after modules, which cannot have a hyphen.
_SPOKEN = {
    "import-plan": "import_plan",
    "check-data": "check_data",
    "import-municipalities": "import_municipalities",
    "import-boundaries": "import_boundaries",
    "open-installation": "open_installation",
}


def main() -> None:
    """Run one command, as ``manage.py`` would."""
    if sys.argv[1:2] == ["demo"]:
        # The example lives apart: its own folder, its own database; settings are read once, so this comes first.
        os.environ["CONCERTOIT_DEMO"] = "1"
        os.environ.setdefault("CONCERTOIT_DATA", str(Path.cwd() / "var" / "demo"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concertoit.config.settings")
    from django.core.management import execute_from_command_line

    arguments = sys.argv[:]
    if len(arguments) > 1:
        arguments[1] = _SPOKEN.get(arguments[1], arguments[1])
    arguments[0] = "concertoit"
    execute_from_command_line(arguments)


if __name__ == "__main__":
    main()
