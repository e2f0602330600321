"""Refresh the third-party files that pages serve: exact versions from npm, only what is used, licences beside.

    python tools/vendor_static.py          everything
    python tools/vendor_static.py icons    only the sprite of icons, after a template started to use a new one

The sprite holds the icons whose names stand between quotes in a template or a Python file of ``concertoit/`` (so that
``ui.icon("house")`` and ``NavItem(icon="house")`` are both found), and those of ``PALETTE``.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "concertoit"
VENDOR = HOUSE / "ground" / "ui" / "static" / "ui" / "vendor"

PACKAGES = {
    "bootstrap": "5.3.9",
    "bootstrap-icons": "1.13.2",
    "@fontsource-variable/atkinson-hyperlegible-next": "5.3.0",
    "@fontsource-variable/bricolage-grotesque": "5.3.0",
}
FILES = {
    "bootstrap": {"LICENSE": "bootstrap.LICENSE", "dist/css/bootstrap.min.css": "bootstrap.min.css"},
    "@fontsource-variable/atkinson-hyperlegible-next": {
        "LICENSE": "fonts/atkinson-hyperlegible-next.LICENSE",
        "files/atkinson-hyperlegible-next-latin-wght-normal.woff2": "fonts/atkinson-latin.woff2",
        "files/atkinson-hyperlegible-next-latin-wght-italic.woff2": "fonts/atkinson-latin-italic.woff2",
        "files/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2": "fonts/atkinson-latin-ext.woff2",
    },
    "@fontsource-variable/bricolage-grotesque": {
        "LICENSE": "fonts/bricolage-grotesque.LICENSE",
        "files/bricolage-grotesque-latin-wght-normal.woff2": "fonts/bricolage-latin.woff2",
    },
    "bootstrap-icons": {"LICENSE": "icons.LICENSE"},
}
# Icons that data may name (a room stores no icon, but a label table may come from another file than a template).
PALETTE = """
arrow-counterclockwise arrow-down arrow-down-up arrow-left arrow-left-right arrow-repeat arrow-right arrow-up
arrow-up-right bar-chart bar-chart-line bar-chart-steps bell bell-slash bookmark box-arrow-right box-arrow-up-right
building buildings bullseye calendar-check calendar-event calendar-range calendar-week card-checklist cash-coin
cash-stack chat-left-text chat-quote check-circle check-circle-fill check-lg check2 check2-circle check2-square
chevron-double-left chevron-double-right chevron-down chevron-left chevron-right chevron-up circle circle-half
clipboard clipboard-check clock clock-history cloud-download cloud-drizzle cloud-lightning-rain cloud-rain-heavy
cloud-slash cloud-sun code-slash compass copy dash-circle dash-lg database diagram-2 diagram-3 door-closed
door-open download envelope envelope-open exclamation-circle exclamation-octagon exclamation-triangle
exclamation-triangle-fill eye eye-slash file-earmark file-earmark-arrow-up file-earmark-excel file-earmark-pdf
file-earmark-ruled file-earmark-spreadsheet file-earmark-text file-earmark-word file-earmark-zip filter flag folder
funnel gear geo geo-alt globe globe2 graph-up graph-up-arrow grid grip-vertical hand-index hand-thumbs-up hash
hourglass hourglass-split house house-check house-door house-exclamation house-heart houses image inbox info-circle
journal journal-check journal-text kanban key layers layout-text-sidebar life-preserver lightbulb lightning link
link-45deg list list-check list-nested list-ol list-task list-ul lock map megaphone mic moon moon-stars newspaper
node-plus paperclip patch-check pause-circle pencil pencil-square people people-fill person person-badge
person-check person-gear person-lock person-plus person-raised-hand person-vcard phone pie-chart pin-angle pin-map
play-circle plus plus-circle plus-lg printer question-circle receipt record-circle reply save search send server
share shield-check shield-exclamation shield-lock shuffle signpost-2 signpost-split skip-forward slash-circle
sliders sort-down sort-up speedometer2 stack star star-fill stars sticky stop-circle stopwatch sun table tag tags
telephone three-dots three-dots-vertical toggle-on translate trash trophy type unlock upc upload wifi-off
window-sidebar x-circle x-lg x-octagon zoom-in
"""


def unpack(package: str, folder: Path) -> Path:
    """Fetch a package with the ordinary npm client and unpack it; answers the folder of its files."""
    packed = subprocess.run(
        ["npm", "pack", "--silent", "--pack-destination", str(folder), f"{package}@{PACKAGES[package]}"],
        check=True,
        capture_output=True,
        text=True,
    )
    archive = folder / packed.stdout.strip().splitlines()[-1]
    target = folder / archive.name.removesuffix(".tgz")
    shutil.unpack_archive(archive, target, "gztar")
    return target / "package"


def copy_files(package: str, source: Path) -> None:
    """Copy what we serve of a package."""
    for origin, name in FILES[package].items():
        target = VENDOR / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.suffix == ".css":
            # Without the source map, which we do not ship, static files could not be given hashed names.
            text = re.sub(r"/\*# sourceMappingURL=.*?\*/\s*$", "", (source / origin).read_text())
            target.write_text(text)
        else:
            shutil.copyfile(source / origin, target)
            target.chmod(0o644)


def used_icons(known: set[str]) -> set[str]:
    """Names of icons that stand between quotes in templates and Python files, and the palette."""
    quoted: set[str] = set(PALETTE.split())
    for pattern in ("*.html", "*.py"):
        for path in HOUSE.rglob(pattern):
            quoted.update(re.findall(r"[\"']([a-z0-9]+(?:-[a-z0-9]+)*)[\"']", path.read_text()))
    missing = set(PALETTE.split()) - known
    if missing:
        sys.exit(f"unknown icons in the palette: {', '.join(sorted(missing))}")
    return quoted & known


def build_sprite(source: Path) -> int:
    """Write one SVG file with a symbol per icon used; answers how many."""
    folder = source / "icons"
    names = sorted(used_icons({path.stem for path in folder.glob("*.svg")}))
    symbols = []
    for name in names:
        svg = (folder / f"{name}.svg").read_text()
        body = re.sub(r"\s*\n\s*", "", svg[svg.index(">") + 1 : svg.rindex("</svg>")])
        symbols.append(f'<symbol id="{name}" viewBox="0 0 16 16">{body}</symbol>')
    (VENDOR / "icons.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n")
    return len(names)


def main(only: str = "") -> None:
    packages = ["bootstrap-icons"] if only == "icons" else list(PACKAGES)
    with tempfile.TemporaryDirectory() as name:
        for package in packages:
            source = unpack(package, Path(name))
            copy_files(package, source)
            if package == "bootstrap-icons":
                print(f"{build_sprite(source)} icons")
    lines = [f"{package} {version}\n" for package, version in PACKAGES.items()]
    (VENDOR / "VERSIONS.txt").write_text("".join(lines))


if __name__ == "__main__":
    main(*sys.argv[1:2])
