"""The one address of the example."""

from django.urls import path

from concertoit.front.demo import views

app_name = "demo"
urlpatterns = [path("demonstration/<slug:who>/", views.enter, name="enter")]
