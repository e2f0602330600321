from django.urls import path

from concertoit.front.desk import views

app_name = "desk"
urlpatterns = [path("", views.home, name="home")]
