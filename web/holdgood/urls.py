"""Every address of the application, app by app."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("holdgood.people.urls")),
    path("", include("holdgood.measures.urls")),
    path("", include("holdgood.tasks.urls")),
    path("", include("holdgood.places.urls")),
    path("", include("holdgood.operations.urls")),
    path("", include("holdgood.home.urls")),
    path("", include("holdgood.demo.urls")),
]

handler400 = "holdgood.design.errors.bad_request"
handler403 = "holdgood.design.errors.denied"
handler404 = "holdgood.design.errors.missing"
handler500 = "holdgood.design.errors.failed"
handler429 = "holdgood.people.views.too_many"  # the sign-in library asks for it
