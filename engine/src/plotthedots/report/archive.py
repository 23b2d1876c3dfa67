"""Office files are archives that note when each part was written; these do not, so that they come out the same again."""

import datetime as dt
import io
import re
import zipfile

MOMENT = (1980, 1, 1, 0, 0, 0)  # the earliest that an archive can hold
_WRITTEN = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def settled(data: bytes, made_on: dt.date | None) -> bytes:
    """The same archive, and the workbooks in it, without the time of day at which they were made."""
    out = io.BytesIO()
    day = (made_on or dt.date(*MOMENT[:3])).isoformat().encode()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.infolist():
            content = before.read(part)
            if part.filename == "docProps/core.xml":
                content = _WRITTEN.sub(rb"\g<1>" + day + rb"T00:00:00Z\g<3>", content)
            elif part.filename.endswith(".xlsx"):
                content = settled(content, made_on)
            entry = zipfile.ZipInfo(part.filename, MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(entry, content, compresslevel=6)
    return out.getvalue()
