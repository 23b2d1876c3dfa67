"""What the front pages put into the shell."""

from django.apps import AppConfig


class Home(AppConfig):
    name = "holdgood.home"

    def ready(self) -> None:
        from holdgood.home import shell

        shell.register()
