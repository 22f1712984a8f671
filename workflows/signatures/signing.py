"""PAdES signatures (ETSI EN 319 142-1, level B-B) on a PDF: added behind its bytes, without any network.

Level B-B proves who signed and that nothing changed; the time is the one of this machine. No timestamp is
fetched and no revocation list embedded, for the network of an office may be closed.
"""

import hashlib
from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto.keys import PrivateKeyInfo
from PIL import Image
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from document_templates.signing_place import signing_place
from workflows.errors import InvalidFields, Refused
from workflows.signatures.apart import apart
from workflows.signatures.keys import SigningKey
from workflows.signatures.signed import Signed
from workflows.wording import N_

LARGEST_IMAGE = 300 * 1024
MOST_PIXELS = 4_000_000
DIGEST = "sha256"


def sign(pdf: bytes, key: SigningKey, *, signer: str, at: datetime, image: bytes | None = None) -> Signed:
    """Sign a PDF in the name printed on it; `image` (PNG) is shown between the signer's post and name."""
    field, style = _field(pdf, signer), None
    if image is not None:
        field, style = _shown(pdf, field, signer, image)
    try:
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
        signing = _Signer(
            PdfSignatureMetadata(
                field_name=field.sig_field_name,
                name=signer,
                md_algorithm=DIGEST,
                subfilter=SigSeedSubFilter.PADES,
            ),
            _simple_signer(key),
            at=at,
            new_field_spec=field,
            stamp_style=style,
        )
        written = apart(lambda: signing.sign_pdf(writer))
    except (SigningError, PdfError) as error:
        raise Refused(
            "Chưa ký được: tệp PDF của văn bản không nhận thêm chữ ký. Báo quản trị hệ thống kiểm tra tệp."
        ) from error
    return Signed(written.getvalue(), hashlib.sha256(pdf).hexdigest(), key.facts, signer, at)


class _Signer(PdfSigner):
    """Signs at the moment it is told, not at the one its machine shows when it gets there."""

    def __init__(self, *given: Any, at: datetime, **more: Any) -> None:
        super().__init__(*given, **more)
        self._at = at

    def init_signing_session(self, *given: Any, **more: Any) -> PdfSigningSession:
        session = super().init_signing_session(*given, **more)
        session.system_time = self._at
        return session


def _simple_signer(key: SigningKey) -> SimpleSigner:
    known = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    known.register_multiple(key.chain)
    return SimpleSigner(key.certificate, PrivateKeyInfo.load(key.pkcs8), known)


def _field(pdf: bytes, signer: str) -> SigFieldSpec:
    """An invisible field of its own on the first page; screen readers say whose it is."""
    name = f"ChuKySo{pdf.count(b'/ByteRange') + 1}"
    return SigFieldSpec(name, on_page=0, readable_field_name=f"Chữ ký số của {signer}")


def _shown(
    pdf: bytes, field: SigFieldSpec, signer: str, image: bytes
) -> tuple[SigFieldSpec, StaticStampStyle]:
    """The field at the place kept free for the signature, with the image in its own proportions."""
    picture = checked_image(image)
    place = signing_place(pdf, signer)
    if place is None:
        raise InvalidFields(
            {
                "image": N_(
                    "Không tìm thấy khoảng trống để ký phía trên họ tên người ký. Bỏ ảnh chữ ký rồi ký lại;"
                    " chữ ký số không có ảnh vẫn đủ giá trị."
                )
            }
        )
    box = place.around(picture.width / picture.height)
    shown = SigFieldSpec(
        field.sig_field_name, on_page=place.page, box=box, readable_field_name=field.readable_field_name
    )
    return shown, StaticStampStyle(border_width=0, background=PdfImage(picture), background_opacity=1.0)


def checked_image(content: bytes) -> Image.Image:
    """A signature's image: PNG with a transparent ground, as the rules ask for."""
    if len(content) > LARGEST_IMAGE:
        raise InvalidFields({"image": N_("Ảnh chữ ký lớn hơn 300 kB. Thu nhỏ ảnh rồi chọn lại.")})
    try:
        picture: Image.Image = Image.open(BytesIO(content), formats=["PNG"])
        too_large = picture.width * picture.height > MOST_PIXELS
        if not too_large:
            picture = picture.convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise InvalidFields(
            {"image": N_("Tệp không phải ảnh PNG đọc được. Chọn ảnh chữ ký dạng PNG nền trong suốt.")}
        ) from error
    if too_large:
        raise InvalidFields({"image": N_("Ảnh chữ ký quá lớn. Thu nhỏ còn dưới 4 triệu điểm ảnh.")})
    low, high = picture.getchannel("A").getextrema()
    if low == 255 or high == 0:
        raise InvalidFields(
            {"image": N_("Ảnh chữ ký phải có nét chữ trên nền trong suốt. Xuất lại ảnh PNG nền trong suốt.")}
        )
    return picture
