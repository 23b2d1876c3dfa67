"""Style sheets and scripts: under names with their content's digest once collected, as they stand before that."""

from pathlib import Path

from django.contrib.staticfiles.storage import StaticFilesStorage
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """A checkout and the tests have nothing collected: then the files of the apps are served under their own names."""

    support_js_module_import_aggregation = True  # or a module would import another under a name that never changes

    def url(self, name: str | None, force: bool = False) -> str:
        if not self.hashed_files:
            return StaticFilesStorage.url(self, name)
        return str(super().url(name, force))


class Middleware(WhiteNoiseMiddleware):  # type: ignore[misc]
    """Serves the files. That none have been collected yet is no reason to warn."""

    def add_files(self, root: str, prefix: str | None = None) -> None:
        if Path(root).is_dir():
            super().add_files(root, prefix)
