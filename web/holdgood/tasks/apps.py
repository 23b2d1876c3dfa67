"""What tasks put into the shell, the trail's pages, and what `places` knows of those who leave."""

from django.apps import AppConfig


class Tasks(AppConfig):
    name = "holdgood.tasks"

    def ready(self) -> None:
        from holdgood.design import shell
        from holdgood.tasks import access, events, held, lapses, menu
        from holdgood.trail import words

        shell.part("work", menu.work)
        words.add(events.SAID)
        access.register()
        lapses.register()
        held.register_all()
