"""A directive of the invented province, as a file, with the traps of the genre in small."""

PAPER = """TỈNH UỶ TÂN HƯNG
*
Số 15-CT/TU

ĐẢNG CỘNG SẢN VIỆT NAM
Tân Hưng, ngày 05 tháng 10 năm 2026

CHỈ THỊ
CỦA BAN THƯỜNG VỤ TỈNH UỶ
về chăm lo người cao tuổi neo đơn ở xã, phường
-----

Thực hiện Chỉ thị số 09-CT/TU, ngày 12/8/2025 của Ban Thường vụ Tỉnh uỷ, việc chăm lo người cao tuổi có
chuyển biến. Ban Thường vụ Tỉnh uỷ yêu cầu:

1. Ban Tuyên giáo và Dân vận Tỉnh uỷ chủ trì, phối hợp với Uỷ ban nhân dân tỉnh Tân Hưng lập danh sách
người cao tuổi neo đơn, hoàn thành trước ngày 30/11/2026.

2. Các đảng uỷ xã, phường lãnh đạo thăm hỏi ít nhất 95% người cao tuổi neo đơn; định kỳ hằng quý báo cáo
Tỉnh uỷ.

3. Ban Chỉ đạo chăm lo người cao tuổi tỉnh hướng dẫn việc vận động kinh phí.

Chỉ thị này phổ biến đến chi bộ.

Nơi nhận:
- Các đảng uỷ xã, phường,
- Uỷ ban nhân dân tỉnh Tân Hưng,
- Lưu Văn phòng Tỉnh uỷ.

T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ


Trịnh Bảo Quyên
"""
