"""For machines that ask whether the service lives, and whether it can do its work."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from holdgood.operations import readiness
from holdgood.places import guard


@guard.public("asked by machines that keep the service running; says nothing but that the process lives")
@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The process lives: no database is asked."""
    return JsonResponse({"status": "ok"})


@guard.public("asked by machines that send people here or elsewhere; names checks and whether they pass")
@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Whether the service can do its work: 200, or 503 and which check says no."""
    checks = readiness.checks()
    fine = all(check.ok for check in checks)
    told = [{"name": check.name, "ok": check.ok, "sentence": check.sentence} for check in checks]
    return JsonResponse({"status": "ok" if fine else "not ready", "checks": told}, status=200 if fine else 503)
