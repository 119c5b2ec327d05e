"""Small PDFs, written by hand: Chinese text in a font that every reader knows and none embeds."""

from collections.abc import Sequence

Placed = tuple[int, int, str]  # x, y from the bottom, text

_FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
    b" /DescendantFonts [4 0 R] >>",
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /FontDescriptor 5 0 R"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
    b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880]"
    b" /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
)
_PICTURE = (
    b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray"
    b" /BitsPerComponent 8 /Length 1 >>\nstream\n\x80\nendstream"
)
_SIZE = 16
TOP, LEADING, LEFT = 760, 28, 90


def lines(*texts: str) -> list[Placed]:
    """A page's lines from top to bottom."""
    return [(LEFT, TOP - LEADING * number, text) for number, text in enumerate(texts)]


def pdf(
    pages: Sequence[Sequence[Placed]],
    *,
    picture: bool = False,
    locked: bool = False,
    packed: bytes = b"",
) -> bytes:
    """A PDF whose pages show these texts in this order, and a picture under them if asked.

    ``packed`` is one more page's content, deflated.
    """
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", *_FONT, _PICTURE]
    kids: list[bytes] = []
    for page in pages:
        shown = [b"q 500 0 0 700 50 50 cm /Im1 Do Q"] if picture else []
        shown += [
            b"BT /F1 %d Tf 1 0 0 1 %d %d Tm <%s> Tj ET"
            % (_SIZE, x, y, text.encode("utf-16-be").hex().encode())
            for x, y, text in page
        ]
        content = b"\n".join(shown)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> /XObject << /Im1 6 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    if packed:
        form = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream"
        objects.append(form % (len(packed), packed))
        page_form = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R >>"
        objects.append(page_form % len(objects))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    key = b"<" + b"41" * 32 + b">"
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O %s /U %s /P -1 >> /ID [<41> <41>]"
    return _file(objects, lock % (key, key) if locked else b"")


def _file(objects: Sequence[bytes], trailer: bytes) -> bytes:
    written = bytearray(b"%PDF-1.7\n")
    starts: list[int] = []
    for number, content in enumerate(objects, 1):
        starts.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % start for start in starts)
    written += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer)
    return bytes(written + b"startxref\n%d\n%%%%EOF\n" % table)
