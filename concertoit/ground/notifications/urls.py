from django.urls import path

from concertoit.ground.notifications import views

app_name = "notifications"
urlpatterns = [
    path("avis/", views.inbox, name="inbox"),
    path("avis/tout-lu/", views.read_all, name="read_all"),
    path("avis/preferences/", views.preferences, name="preferences"),
    path("avis/desabonnement/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("avis/<int:notice_id>/", views.open_notice, name="open"),
    path("avis/<int:notice_id>/lu/", views.read, name="read"),
]
