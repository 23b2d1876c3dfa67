"""What measures put into the shell, the search and the trail's pages."""

from django.apps import AppConfig


class Measures(AppConfig):
    name = "holdgood.measures"

    def ready(self) -> None:
        from holdgood.measures import background, events, held, searched
        from holdgood.trail import words

        words.add(events.SAID)
        searched.register()
        background.register()
        held.register_all()
