"""The site's addresses, one that says nothing (what the framework and its middleware cost), and an empty page."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from concertoit.ground.spaces.views import SpaceRequest, in_space
from concertoit.ground.ui.pages import render


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


@in_space()
def frame(request: SpaceRequest) -> HttpResponse:
    """A page of a démarche with nothing in it: its rail, its top bar."""
    return render(request, "ui/base.html")


urlpatterns = [
    path("mesure/vide/", bare, name="bare"),
    path("mesure/<slug:slug>/cadre/", frame, name="frame"),
    path("", include("concertoit.config.urls")),
]
