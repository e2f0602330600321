from django.urls import URLPattern, URLResolver

app_name = "small_works"
urlpatterns: list[URLPattern | URLResolver] = []
