"""Address of the landing page."""

from django.urls import path

from concertoit.together.decisions.views import home

urlpatterns = [path("demarches/<slug:slug>/decider/", home.home, name="home")]
