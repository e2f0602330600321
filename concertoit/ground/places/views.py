"""The territory, open to everybody: it is public knowledge."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from concertoit.ground.places import queries
from concertoit.ground.places.enums import REGIONS
from concertoit.ground.places.models import Mrc
from concertoit.ground.ui.pages import render_page

LANAUDIERE = "14"


def territories(request: HttpRequest) -> HttpResponse:
    """Region → MRC → municipalities, with a search; the schematic map of Lanaudière as a way in."""
    search, region, mrc = (request.GET.get(name, "").strip() for name in ("q", "region", "mrc"))
    chosen = Mrc.objects.filter(code=mrc).defer("boundary").select_related("region").first() if mrc else None
    found = queries.territory(search=search, region=region, mrc=mrc)
    context = {
        "search": search,
        "region": region,
        "chosen": chosen,
        "narrow": bool(search or region or mrc),
        "regions": REGIONS,
        "found": found,
        "mrc_count": sum(1 for part in found for one in part.parts if one.mrc),
        "municipality_count": sum(part.municipality_count for part in found),
        "tiles": _lanaudiere(),
    }
    return render_page(request, "places/territories.html", context, fragments={"resultats": "results"})


def _lanaudiere() -> list[dict[str, object]]:
    address = reverse("places:territories")
    return [
        {
            "code": row.directory_code,
            "value": count,
            "text": str(count),
            "href": f"{address}?mrc={row.code}",
        }
        for row, count in queries.mrcs_of_region(LANAUDIERE)
    ]
