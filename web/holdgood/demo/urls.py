"""The demonstration's pages: there only where it runs."""

from django.urls import path

from holdgood.demo import views

urlpatterns = [
    path("demo/", views.cast, name="cast"),
    path("demo/enter/<slug:slug>", views.enter, name="enter"),
]
