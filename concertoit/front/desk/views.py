"""« Ma table »: what waits for me, what moved, what comes next."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from concertoit.ground.ui.pages import render


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """The home of a person, over all their démarches."""
    return render(request, "desk/home.html", {})
