"""What a saved search keeps of an address, and what it may be called; pure."""

from collections.abc import Iterable
from urllib.parse import urlencode

from workflows.errors import InvalidFields
from workflows.wording import N_

KEPT = ("q", "kind", "type", "unit", "year", "state", "order")
LONGEST_NAME = 80
LONGEST_ADDRESS = 2_000
MOST_SAVED = 30


def kept_address(arguments: Iterable[tuple[str, str]]) -> str:
    """The part of a query string that says what is searched: no page, no ticks, nothing that is not ours."""
    pairs = [(name, value) for name, value in arguments if name in KEPT and value]
    return urlencode(sorted(pairs, key=lambda pair: KEPT.index(pair[0])))


def check_name(name: str, *, taken: Iterable[str]) -> str:
    """The name as it is kept; refuses none, one too long, and one that is taken."""
    name = " ".join(name.split())
    if not name:
        raise InvalidFields({"name": N_("Đặt tên cho tìm kiếm để nhận ra sau này.")})
    if len(name) > LONGEST_NAME:
        raise InvalidFields({"name": N_("Tên dài quá 80 ký tự. Đặt tên ngắn hơn.")})
    if name in set(taken):
        raise InvalidFields({"name": N_("Bạn đã có một tìm kiếm tên này. Đặt tên khác.")})
    return name


def check_address(address: str) -> None:
    """Refuses a search for nothing and one that no address holds."""
    if not address:
        raise InvalidFields({"name": N_("Chưa có gì để lưu. Gõ từ cần tìm hoặc chọn điều kiện lọc trước.")})
    if len(address) > LONGEST_ADDRESS:
        raise InvalidFields({"name": N_("Câu tìm quá dài nên không lưu được. Rút gọn câu tìm rồi lưu lại.")})
