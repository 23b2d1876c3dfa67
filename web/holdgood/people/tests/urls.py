"""A page of an app above, to test what stands before it."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def idea(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    return HttpResponse("an idea")


urlpatterns = [path("account/", include("holdgood.people.urls")), path("idea/", idea, name="idea")]
handler429 = "holdgood.people.views.too_many"
