"""Addresses of the interfaces. Those of standards are theirs, in English."""

from django.urls import path, register_converter

from concertoit.front.api.views import keys, open311


class Format:
    """The ending of an address that says how it is answered."""

    regex = "json|xml"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Format, "format")

app_name = "api"
IN = "open311/<slug:slug>/v2/"
urlpatterns = [
    path("demarches/<slug:slug>/cles/", keys.keys, name="keys"),
    path("demarches/<slug:slug>/cles/<int:key_id>/retirer/", keys.key_retire, name="key_retire"),
    path(f"{IN}services.<format:fmt>", open311.services, name="services"),
    path(f"{IN}services/<str:code>.<format:fmt>", open311.definition, name="definition"),
    path(f"{IN}requests.<format:fmt>", open311.requests, name="requests"),
    path(f"{IN}requests/<str:reference>.<format:fmt>", open311.request_one, name="request"),
    path(f"{IN}tokens/<str:reference>.<format:fmt>", open311.token, name="token"),
]
