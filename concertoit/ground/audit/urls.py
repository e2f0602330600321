from django.urls import path

from concertoit.ground.audit import views

app_name = "audit"
urlpatterns = [
    path("journal/inscription/<int:entry_id>/retablir/", views.restore, name="restore"),
    path("journal/<str:object_type>/<str:object_id>/", views.history, name="history"),
]
