"""The voter's addresses: short, since they are printed on paper."""

from django.urls import path

from concertoit.ground.ballots import views

app_name = "ballots"
urlpatterns = [
    path("vote/", views.enter, name="enter"),
    path("vote/<str:code>/", views.vote, name="vote"),
]
