from django.urls import path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from concertoit.ground.ui import views

app_name = "ui"
urlpatterns = [
    path("composants/", views.gallery, name="gallery"),
    path("apparence/", views.appearance, name="appearance"),
    path("hors-ligne/", views.offline, name="offline"),
    path("hors-ligne/jeton/", views.offline_token, name="offline_token"),
    path("service-worker.js", views.service_worker, name="service_worker"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("langue/", require_POST(set_language), name="language"),
]
