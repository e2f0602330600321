from django.urls import path

from concertoit.ground.files import views

app_name = "files"
urlpatterns = [
    path("fichiers/ajouter/<str:object_type>/<str:object_id>/", views.add, name="add"),
    path("fichiers/<uuid:uid>/", views.download, name="download"),
    path("fichiers/<uuid:uid>/retirer/", views.retire, name="retire"),
    path("fichiers/<uuid:uid>/remettre/", views.bring_back, name="bring_back"),
]
