"""The fonts that come with the package, so that a report looks the same on every machine: Liberation Sans."""

from importlib.resources import files

REGULAR, BOLD = "LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"
NAMES = (REGULAR, BOLD)


def data(name: str) -> bytes:
    """A font's file."""
    return files("plotthedots").joinpath("fonts", name).read_bytes()


def path(name: str) -> str:
    """Where a font's file is; the package is installed as files, never run from an archive."""
    return str(files("plotthedots").joinpath("fonts", name))
