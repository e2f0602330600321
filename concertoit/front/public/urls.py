"""Public addresses: short, stable, in French."""

from django.urls import path

from concertoit.front.public import views

app_name = "public"
urlpatterns = [
    path("public/", views.spaces, name="spaces"),
    path("public/<slug:slug>/", views.plan, name="plan"),
    path("public/<slug:slug>/integrer/", views.embed, name="embed"),
    path("public/<slug:slug>/plan.<slug:extension>", views.data, name="data"),
]
