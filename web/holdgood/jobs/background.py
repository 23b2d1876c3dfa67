"""What this app does by itself, and when."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models.functions import Now

from holdgood.jobs import recurring
from holdgood.jobs.models import Job, Mail, State
from holdgood.jobs.tasks import task

KEPT = dt.timedelta(days=30)


@task
def tidy() -> None:
    """Delete what has been over for a month: jobs done or discarded, and sent mail with people's addresses."""
    Job.objects.filter(state__in=[State.DONE, State.DISCARDED], ended_at__lt=Now() - KEPT).delete()
    Mail.objects.filter(sent_at__lt=Now() - KEPT).delete()


recurring.add("jobs.tidy", tidy, recurring.OnDays(dt.time(3, 40), ZoneInfo(settings.TIME_ZONE)))
