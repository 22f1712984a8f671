"""Is it a picture that both draughtsmen can draw?"""

from io import BytesIO

from PIL import Image, UnidentifiedImageError

from document_templates.errors import DocumentError

MOST_PIXELS = 40_000_000


def check_picture(data: bytes) -> tuple[int, int]:
    """Width and height in pixels of a PNG or JPEG picture; a refusal for anything else."""
    try:
        with Image.open(BytesIO(data), formats=["PNG", "JPEG"]) as picture:
            size = picture.size
            if size[0] * size[1] > MOST_PIXELS:
                raise DocumentError("Hình quá lớn. Thu nhỏ còn dưới 40 triệu điểm ảnh.")
            picture.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise DocumentError("Tệp không phải là hình PNG hoặc JPEG đọc được. Chọn lại tệp hình.") from error
    return size


def printed_size(data: bytes) -> tuple[float, float]:
    """Width and height in millimetres at 150 dots to the inch, no higher than 200 mm."""
    wide, high = check_picture(data)
    scale = min(25.4 / 150, 200 / high)
    return wide * scale, high * scale
