"""All addresses of the site, room by room. French, stable, one permission row each (``tests/permissions.py``)."""

from django.urls import include, path

urlpatterns = [
    path("", include("concertoit.front.desk.urls")),
    path("", include("concertoit.front.public.urls")),
    path("", include("concertoit.ground.core.urls")),
    path("", include("concertoit.ground.ui.urls")),
    path("", include("concertoit.ground.identity.urls")),
    path("compte/", include("concertoit.ground.identity.urls.accounts")),
    path("", include("concertoit.ground.places.urls")),
    path("", include("concertoit.ground.spaces.urls")),
    path("", include("concertoit.ground.audit.urls")),
    path("", include("concertoit.ground.privacy.urls")),
    path("", include("concertoit.ground.files.urls")),
    path("", include("concertoit.ground.search.urls")),
    path("", include("concertoit.ground.notifications.urls")),
    path("", include("concertoit.together.plans.urls")),
    path("", include("concertoit.ground.ballots.urls")),
    path("", include("concertoit.ground.surveys.urls")),
    path("", include("concertoit.together.events.urls")),
    path("", include("concertoit.together.meetings.urls")),
    path("", include("concertoit.together.decisions.urls")),
    path("", include("concertoit.field.directory.urls")),
    path("", include("concertoit.field.logbook.urls")),
    path("", include("concertoit.field.participation.urls")),
    path("", include("concertoit.field.cases.urls")),
    path("", include("concertoit.field.small_works.urls")),
    path("", include("concertoit.insight.evaluation.urls")),
    path("", include("concertoit.insight.reporting.urls")),
    path("", include("concertoit.front.api.urls")),
    path("", include("concertoit.front.demo.urls")),
]

handler400 = "concertoit.ground.ui.views.bad_request"
handler404 = "concertoit.ground.ui.views.not_found"
handler403 = "concertoit.ground.ui.views.forbidden"
handler500 = "concertoit.ground.ui.views.server_error"
