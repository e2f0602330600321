"""The site's addresses, and one that says nothing: what the framework and its middleware cost."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [path("mesure/vide/", bare, name="bare"), path("", include("concertoit.config.urls"))]
