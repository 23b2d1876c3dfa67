"""The front pages."""

from django.urls import path

from holdgood.home import views

urlpatterns = [
    path("", views.front, name="front"),
    path("start/", views.start, name="start"),
    path("at/<slug:code>/", views.area, name="area"),
    path("search/", views.search, name="search"),
    path("tour/", views.tour_away, name="tour-away"),
    path("help/", views.help_page, name="help"),
]
