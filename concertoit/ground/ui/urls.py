from django.urls import path

from concertoit.ground.ui import views

app_name = "ui"
urlpatterns = [path("composants/", views.gallery, name="gallery")]
