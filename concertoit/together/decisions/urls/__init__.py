"""Addresses of deciding together: ``/demarches/<slug>/decider/…`` and the pages behind a link, one module per part."""

from concertoit.together.decisions.urls import consent, home, prioritisation, reviews, workshops

app_name = "decisions"
urlpatterns = [
    *home.urlpatterns,
    *consent.urlpatterns,
    *prioritisation.urlpatterns,
    *reviews.urlpatterns,
    *workshops.urlpatterns,
]
