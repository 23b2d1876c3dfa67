"""How this app's events read on pages of the trail."""

SAID = {
    "job.job.discarded": "left a piece of background work undone: {task}",
    "job.job.retried": "had a piece of background work tried again: {task}",
    "access.operations.exported": "took the list “{list}” away as {as}: {rows} rows",
}
