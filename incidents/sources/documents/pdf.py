"""PDF files through pypdf (extra ``pdf``)."""

from __future__ import annotations

import io
import re

from incidents.sources.documents.document import Document
from incidents.sources.documents.errors import DocumentError

MAX_PAGES = 60


def read_pdf(source: str, raw: bytes) -> Document:
    """Return the text of a PDF; lines broken in the middle of a sentence are joined.

    Raises
    ------
    DocumentError
        If pypdf is missing, the file is damaged or locked, or holds only pictures.
    """
    try:
        import pypdf
    except ImportError:
        raise DocumentError(f"{source}: reading PDF needs pypdf: pip install 'airspace-incidents[pdf]'.") from None
    try:
        reader = pypdf.PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError(f"{source}: the PDF is locked by a password; save it without one.")
        if len(reader.pages) > MAX_PAGES:
            raise DocumentError(f"{source}: {len(reader.pages)} pages; an article has at most {MAX_PAGES}.")
        pages = [page.extract_text() for page in reader.pages]
    except DocumentError:
        raise
    except Exception as error:
        raise DocumentError(f"{source}: not a readable PDF ({type(error).__name__}).") from error
    text = re.sub(r"(?<=[\w,;-]) *\n(?=[a-z(])", " ", "\n".join(pages))
    if not text.strip():
        raise DocumentError(f"{source}: the PDF holds no text, only pictures; run text recognition first.")
    title = "" if reader.metadata is None else str(reader.metadata.title or "")
    return Document(source=source, text=text, title=title)
