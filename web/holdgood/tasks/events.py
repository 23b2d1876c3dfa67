"""How this app's events read on pages of the trail."""

SAID = {
    "task.letters.chosen": "chose how often letters come: {often}",
    "task.task.asked": "asked for something",
    "task.task.done": "did what was asked",
    "task.task.passed-on": "passed on what was asked",
    "task.task.reopened": "reopened what was asked",
    "task.task.taken-back": "took back what was asked",
}
