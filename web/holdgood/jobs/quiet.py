"""Quiet hours: when mail that can wait does wait. Pure: the zone's clock changes are met, no clock is read."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class QuietHours:
    """From `start` to `end` on the clock on the wall, over midnight where `end` is the earlier."""

    start: dt.time
    end: dt.time
    zone: ZoneInfo

    def release(self, at: dt.datetime) -> dt.datetime:
        """The first instant from `at` on that is not quiet: `at` itself, or the end of that night."""
        today = at.astimezone(self.zone).date()
        for day in (today - DAY, today):
            ends_on = day if self.start < self.end else day + DAY
            begins = instant(day, self.start, self.zone)
            ends = instant(ends_on, self.end, self.zone, last=True)
            if begins <= at < ends:
                return ends
        return at


def instant(day: dt.date, time: dt.time, zone: ZoneInfo, *, last: bool = False) -> dt.datetime:
    """When the clock on the wall shows that time, in UTC.

    In the hour that is repeated in October it does so twice: the first is meant, or the `last`. A time that is skipped
    in March is read by the clock of before: 01:30 is then an hour and a half after midnight, when clocks show 02:30.
    """
    wall = dt.datetime.combine(day, time, tzinfo=zone)
    first, second = wall.astimezone(dt.UTC), wall.replace(fold=1).astimezone(dt.UTC)
    return second if last and second > first else first
