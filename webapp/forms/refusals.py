"""The Vietnamese of what WTForms says by itself; it knows many languages, but not ours."""

from flask_babel import gettext

from workflows.wording import N_

_REQUIRED = N_("Mục này cần được điền.")
_NO_CHOICE = N_("Chọn một trong các mục có sẵn.")
_NO_DAY = N_("Ngày chưa đúng. Nhập theo dạng ngày/tháng/năm, ví dụ 15/12/2026.")
_NO_NUMBER = N_("Chưa đúng dạng số. Chỉ nhập chữ số.")
_EXPIRED = N_("Trang đã mở quá lâu nên không còn gửi được. Tải lại trang rồi gửi lại.")
_SHORTER = N_("Nhập nhiều nhất %(max)d ký tự.")
_LONGER = N_("Nhập ít nhất %(min)d ký tự.")
_EXACTLY = N_("Nhập đúng %(max)d ký tự.")

WORDS = {
    "Invalid field name '%s'.": N_("Không có mục “%s” trong biểu này."),
    "Field must be equal to %(other_name)s.": N_("Hai lần nhập chưa giống nhau. Nhập lại."),
    "Field must be at least %(min)d character long.": _LONGER,
    "Field must be at least %(min)d characters long.": _LONGER,
    "Field cannot be longer than %(max)d character.": _SHORTER,
    "Field cannot be longer than %(max)d characters.": _SHORTER,
    "Field must be exactly %(max)d character long.": _EXACTLY,
    "Field must be exactly %(max)d characters long.": _EXACTLY,
    "Field must be between %(min)d and %(max)d characters long.": N_("Nhập từ %(min)d đến %(max)d ký tự."),
    "Number must be at least %(min)s.": N_("Số nhỏ nhất là %(min)s."),
    "Number must be at most %(max)s.": N_("Số lớn nhất là %(max)s."),
    "Number must be between %(min)s and %(max)s.": N_("Nhập số từ %(min)s đến %(max)s."),
    "Date must be at least %(min)s.": N_("Ngày sớm nhất là %(min)s."),
    "Date must be at most %(max)s.": N_("Ngày muộn nhất là %(max)s."),
    "Date must be between %(min)s and %(max)s.": N_("Chọn ngày từ %(min)s đến %(max)s."),
    "This field is required.": _REQUIRED,
    "Invalid input.": N_("Nội dung nhập chưa đúng dạng."),
    "Invalid email address.": N_("Địa chỉ thư điện tử chưa đúng, ví dụ đúng: ten@coquan.vn."),
    "Invalid IP address.": N_("Địa chỉ mạng (IP) chưa đúng."),
    "Invalid Mac address.": N_("Địa chỉ máy (MAC) chưa đúng."),
    "Invalid URL.": N_("Địa chỉ trang chưa đúng."),
    "Invalid UUID.": N_("Mã định danh chưa đúng."),
    "Invalid value, must be one of: %(values)s.": N_("Chỉ nhận một trong các giá trị: %(values)s."),
    "Invalid value, can't be any of: %(values)s.": N_("Không nhận các giá trị: %(values)s."),
    "This field cannot be edited.": N_("Mục này không sửa được."),
    "This field is disabled and cannot have a value.": N_("Mục này đang khoá, không nhận nội dung."),
    "Invalid CSRF Token.": _EXPIRED,
    "CSRF token missing.": _EXPIRED,
    "CSRF failed.": _EXPIRED,
    "CSRF token expired.": _EXPIRED,
    "Invalid Choice: could not coerce.": _NO_CHOICE,
    "Choices cannot be None.": _NO_CHOICE,
    "Not a valid choice.": _NO_CHOICE,
    "Invalid choice(s): one or more data inputs could not be coerced.": _NO_CHOICE,
    "'%(value)s' is not a valid choice for this field.": N_("Không có lựa chọn “%(value)s”."),
    "'%(value)s' are not valid choices for this field.": N_("Không có các lựa chọn “%(value)s”."),
    "Not a valid datetime value.": _NO_DAY,
    "Not a valid date value.": _NO_DAY,
    "Not a valid time value.": N_("Giờ chưa đúng. Nhập theo dạng giờ:phút, ví dụ 14:30."),
    "Not a valid week value.": N_("Tuần chưa đúng."),
    "Not a valid integer value.": N_("Chưa đúng dạng số nguyên. Chỉ nhập chữ số."),
    "Not a valid decimal value.": _NO_NUMBER,
    "Not a valid float value.": _NO_NUMBER,
    "File does not have an approved extension.": N_("Loại tệp này không được nhận."),
    "File does not have an approved extension: {extensions}": N_("Chỉ nhận tệp loại: {extensions}."),
}


class Vietnamese:
    """What WTForms asks for its words."""

    def gettext(self, sentence: str) -> str:
        """The sentence in the language of the page."""
        return str(gettext(WORDS[sentence])) if sentence in WORDS else sentence

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Vietnamese does not tell one from many; English has both in the table."""
        return self.gettext(one if count == 1 else many)
