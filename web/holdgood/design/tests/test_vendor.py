"""What comes from others names no other host and has its licence; charts have a look for every class they use."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from holdgood.design import jinja

VENDOR = Path(jinja.__file__).parent / "static" / "design" / "vendor"
SHEET = VENDOR.parent / "holdgood.css"


def test_no_sheet_asks_another_host_or_the_root_for_anything():
    for path in [*VENDOR.glob("*.css"), SHEET]:
        text = path.read_text(encoding="utf-8")
        assert "@import" not in text
        assert "@font-face" not in text
        assert "sourceMappingURL" not in text
        for address in re.findall(r"url\(([^)]*)\)", text):
            assert not re.match(r"[\"']?(https?:|//|/)", address), f"{path.name}: {address}"
            if not address.startswith(("data:", "'data:", '"data:', "#")):
                assert (path.parent / address).is_file(), address


def test_no_script_asks_another_host_for_anything():
    for path in [*VENDOR.glob("*.js"), *VENDOR.parent.glob("*.js")]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"https?://(?!www\.w3\.org)", text), path.name
        assert "sourceMappingURL" not in text


def test_each_file_of_others_is_told_of_with_its_licence():
    told = (VENDOR / "README.md").read_text(encoding="utf-8")
    for path in [*VENDOR.glob("*.css"), *VENDOR.glob("*.js")]:
        assert f"`{path.name}`" in told
        assert (VENDOR / f"{re.match(r'[a-z]+(?:-[a-z]+)?', path.name)[0]}.LICENSE").is_file()


def test_the_macros_are_those_of_the_sheet():
    from importlib.metadata import metadata

    assert "10.6.1" in metadata("nhsuk-frontend-jinja").get_payload()


def test_files_can_be_collected_under_names_that_never_change(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", interactive=False, verbosity=0)
    assert list(tmp_path.glob("design/holdgood.*.css"))
    module = next(path for path in tmp_path.glob("design/holdgood.*.js") if path.suffix == ".js")
    assert re.search(r'from "\./vendor/nhsuk-frontend-10\.6\.1\.min\.[0-9a-f]{12}\.js"', module.read_text())


@pytest.mark.django_db
def test_without_collecting_the_files_are_served_from_the_app(client):
    assert finders.find("design/holdgood.css")
    answer = client.get("/static/design/holdgood.css")
    assert answer.status_code == 200
    assert "no-store" not in answer["Cache-Control"]
    assert b":root" in b"".join(answer.streaming_content)
    answer.close()
