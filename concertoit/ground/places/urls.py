from django.urls import path

from concertoit.ground.places import views

app_name = "places"
urlpatterns = [path("territoires/", views.territories, name="territories")]
