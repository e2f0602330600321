from django.urls import path

from concertoit.ground.privacy import views

app_name = "privacy"
urlpatterns = [
    path("vie-privee/", views.notice, name="notice"),
    path("administration/conservation/", views.retention, name="retention"),
    path("administration/incidents/", views.incidents, name="incidents"),
    path("administration/incidents/nouveau/", views.incident, name="incident_new"),
    path("administration/incidents/<int:incident_id>/", views.incident, name="incident"),
]
