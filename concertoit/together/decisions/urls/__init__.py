"""Addresses of deciding together: ``/demarches/<slug>/decider/…`` and the pages behind a link, one module per part."""

from concertoit.together.decisions.urls import home, workshops

app_name = "decisions"
urlpatterns = [
    *home.urlpatterns,
    *workshops.urlpatterns,
]
