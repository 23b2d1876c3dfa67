"""The addresses of what keeps the service: its health, its jobs and mail, the trail, what is told to the public."""

from django.urls import path

from holdgood.operations.views import jobs, probes, service, told, trail

urlpatterns = [
    path("health", probes.health, name="health"),
    path("ready", probes.ready, name="ready"),
    path("operations/", service.overview, name="operations"),
    path("operations/jobs/", jobs.listed, name="job-list"),
    path("operations/jobs/<int:number>/", jobs.shown, name="job"),
    path("operations/jobs/<int:number>/retry/", jobs.retry, name="job-retry"),
    path("operations/jobs/<int:number>/discard/", jobs.discard, name="job-discard"),
    path("operations/mail/", service.mail, name="mail-list"),
    path("operations/workers/", service.workers, name="worker-list"),
    path("at/<slug:code>/trail/", trail.listed, name="trail"),
    path("privacy/", told.privacy, name="privacy"),
    path("accessibility/", told.accessibility, name="accessibility"),
]
