"""All addresses of the site, room by room. French, stable, one permission row each (``tests/permissions.py``)."""

from django.urls import include, path

from concertoit.config.routing import room

urlpatterns = [
    room("concertoit.front.desk.urls"),
    room("concertoit.front.public.urls"),
    room("concertoit.ground.core.urls"),
    room("concertoit.ground.ui.urls"),
    room("concertoit.ground.identity.urls"),
    path("compte/", include("concertoit.ground.identity.urls.accounts")),
    room("concertoit.ground.places.urls"),
    room("concertoit.ground.spaces.urls"),
    room("concertoit.ground.audit.urls"),
    room("concertoit.ground.privacy.urls"),
    room("concertoit.ground.files.urls"),
    room("concertoit.ground.search.urls"),
    room("concertoit.ground.notifications.urls"),
    room("concertoit.together.plans.urls"),
    room("concertoit.ground.ballots.urls"),
    room("concertoit.ground.surveys.urls"),
    room("concertoit.together.events.urls"),
    room("concertoit.together.meetings.urls"),
    room("concertoit.together.decisions.urls"),
    room("concertoit.field.directory.urls"),
    room("concertoit.field.logbook.urls"),
    room("concertoit.field.participation.urls"),
    room("concertoit.field.cases.urls"),
    room("concertoit.field.small_works.urls"),
    room("concertoit.insight.evaluation.urls"),
    room("concertoit.insight.reporting.urls"),
    room("concertoit.front.api.urls"),
    room("concertoit.front.demo.urls"),
]

handler400 = "concertoit.ground.ui.views.bad_request"
handler404 = "concertoit.ground.ui.views.not_found"
handler403 = "concertoit.ground.ui.views.forbidden"
handler500 = "concertoit.ground.ui.views.server_error"
