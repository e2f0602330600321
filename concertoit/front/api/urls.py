"""Addresses of the interfaces. Those of standards are theirs, in English."""

from django.urls import path, register_converter

from concertoit.front.api.views import hsds, keys, open311


class Format:
    """The ending of an address that says how it is answered."""

    regex = "json|xml"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Format, "format")

app_name = "api"
HSDS = "api/hsds/v3/"
IN = "open311/<slug:slug>/v2/"
urlpatterns = [
    path("demarches/<slug:slug>/cles/", keys.keys, name="keys"),
    path("demarches/<slug:slug>/cles/<int:key_id>/retirer/", keys.key_retire, name="key_retire"),
    path(f"{IN}services.<format:fmt>", open311.services, name="services"),
    path(f"{IN}services/<str:code>.<format:fmt>", open311.definition, name="definition"),
    path(f"{IN}requests.<format:fmt>", open311.requests, name="requests"),
    path(f"{IN}requests/<str:reference>.<format:fmt>", open311.request_one, name="request"),
    path(f"{IN}tokens/<str:reference>.<format:fmt>", open311.token, name="token"),
    path(HSDS, hsds.root, name="hsds_root"),
    path(f"{HSDS}services", hsds.services, name="hsds_services"),
    path(f"{HSDS}services/<uuid:uid>", hsds.service, name="hsds_service"),
    path(f"{HSDS}organizations", hsds.organisations, name="hsds_organisations"),
    path(f"{HSDS}organizations/<uuid:uid>", hsds.organisation, name="hsds_organisation"),
    path(f"{HSDS}service_at_locations", hsds.places, name="hsds_places"),
    path(f"{HSDS}service_at_locations/<uuid:uid>", hsds.place, name="hsds_place"),
    path(f"{HSDS}taxonomies", hsds.taxonomies, name="hsds_taxonomies"),
    path(f"{HSDS}taxonomies/<uuid:uid>", hsds.taxonomy, name="hsds_taxonomy"),
    path(f"{HSDS}taxonomy_terms", hsds.terms, name="hsds_terms"),
    path(f"{HSDS}taxonomy_terms/<uuid:uid>", hsds.term, name="hsds_term"),
]
