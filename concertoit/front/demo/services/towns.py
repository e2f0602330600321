"""A few municipalities of the example's region: names and official codes, so that pages of territory have something."""

from pathlib import Path

from concertoit.ground.identity.models import Organisation
from concertoit.ground.places.models import Mrc, Municipality

FILE = Path(__file__).resolve().parent.parent / "data" / "municipalites.txt"
# Organisations that are a municipality, by their whole name, and its code.
CITIES = {"Ville de Mascouche": "64015", "Ville de Repentigny": "60013", "Ville de Terrebonne": "64008"}


def load_towns() -> None:
    """Write the municipalities of the file under their MRC; those that a directory has already brought stay."""
    mrcs = {mrc.code: mrc for mrc in Mrc.objects.select_related("region")}
    rows = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        code, name, designation, mrc = (part.strip() for part in line.split(" ; "))
        rows.append(
            Municipality(code=code, name=name, designation=designation, mrc=mrcs[mrc], region=mrcs[mrc].region)
        )
    Municipality.objects.bulk_create(rows, ignore_conflicts=True)


def place_cities() -> None:
    """Say which municipality each city of the example is."""
    towns = {town.code: town for town in Municipality.objects.filter(code__in=CITIES.values())}
    for name, code in CITIES.items():
        Organisation.objects.filter(name=name).update(municipality=towns[code])
