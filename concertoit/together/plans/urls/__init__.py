"""Addresses of plans."""

from concertoit.together.plans.urls import content, exchange, followup

app_name = "plans"
urlpatterns = [*content.urlpatterns, *followup.urlpatterns, *exchange.urlpatterns]
