"""Verbs of duty: how a directive assigns, and what the body named is to do."""

from collections.abc import Sequence

from workflows.directives.reading.tokens import Phrases, Token, phrases, word_set

# "Giao Ban Dân vận …": the body comes after the verb.
ASSIGNING: Phrases[str] = phrases("""
giao; giao cho; giao trách nhiệm cho; giao nhiệm vụ cho; đồng ý giao; thống nhất giao; tiếp tục giao;
phân công; phân công cho; ủy quyền cho; ủy quyền; giao trách nhiệm; giao nhiệm vụ; thống nhất phân công;
thống nhất chủ trương giao; trước mắt giao; đồng thời giao; cơ bản thống nhất giao""")

# A call upon others, which a body may also pass on in its own work.
CALLING: Phrases[str] = phrases(
    "yêu cầu; đề nghị; mời; kính mời; trân trọng mời; kính đề nghị; trân trọng đề nghị; lưu ý",
    "đồng thời yêu cầu; đồng thời đề nghị",
)

DIRECTING: Phrases[str] = phrases("""
lãnh đạo; chỉ đạo; lãnh đạo, chỉ đạo; tăng cường chỉ đạo; tập trung chỉ đạo; quan tâm chỉ đạo;
tiếp tục chỉ đạo; hướng dẫn, chỉ đạo; chỉ đạo, hướng dẫn; lãnh đạo chỉ đạo;
tăng cường lãnh đạo, chỉ đạo; thường xuyên chỉ đạo""")
COORDINATING: Phrases[str] = phrases("""
phối hợp; phối hợp với; phối hợp cùng; phối hợp cùng với; phối hợp chặt chẽ với; phối hợp chặt chẽ cùng;
phối hợp chặt chẽ; phối hợp hiệu quả với; phối hợp tốt với; phối, kết hợp với; phối kết hợp với;
phối kết hợp cùng; phối kết hợp; hiệp đồng với; hiệp đồng chặt chẽ với; phối hợp thường xuyên với;
liên hệ, phối hợp với; phối hợp đồng bộ với; phối hợp kịp thời với; phối hợp, thống nhất với;
thống nhất với; làm việc với""")
# Any other beginning of what a body is to do. Adverbs of manner that open a predicate stand here too.
_ACTING = """
áp dụng; ban hành; báo cáo; bám sát; bảo đảm; bảo quản; bảo vệ; biên soạn; biên tập; biểu dương; bồi dưỡng;
bổ sung; bố trí; bám; cam kết; cải tiến; căn cứ; cần; cấp phép; cấp phát; cấp giấy; cấp kinh phí;
cân đối; chấn chỉnh; chấp hành; chăm lo; chỉ đạo; chịu trách nhiệm; chịu; chọn; chủ động; chủ trì;
chú trọng; chú ý; chuẩn bị; chuyển; công bố; công khai; cung cấp; củng cố; cụ thể hóa; cử; cập nhật;
dành; duy trì; đa dạng hóa; đánh giá; đào tạo; đảm bảo; đảm nhận; đăng; đăng tải; đăng ký; đẩy mạnh;
đẩy nhanh; đầu tư; đề cao; đề nghị; đề xuất; định hướng; định kỳ; điều chỉnh; điều động; đôn đốc;
đổi mới; đưa; đối chiếu; đối thoại; động viên; đồng hành; giải quyết; giám sát; giáo dục; giúp; giữ;
gửi; gương mẫu; hàng năm; hằng năm; hàng quý; hằng quý; hàng tháng; hằng tháng; hoàn thiện; hoàn thành;
hỗ trợ; huy động; hưởng ứng; hướng dẫn; kết hợp; khai thác; khẩn trương; khắc phục; khen thưởng;
khuyến khích; khảo sát; kiểm soát; kiểm tra; kiện toàn; kiên quyết; kịp thời; kiến nghị; kêu gọi; là;
làm; lãnh đạo; lắp đặt; lập; lấy; lồng ghép; lưu ý; lựa chọn; mở; mở rộng; nắm; nắm bắt; nắm chắc;
nâng cao; nêu cao; ngăn chặn; nghiên cứu; nghiêm túc; nghiêm cấm; nhanh chóng; nhân rộng; niêm yết;
phải; phát động; phát hiện; phát huy; phát hành; phát triển; phân bổ; phân công; phân loại; phê duyệt;
phòng ngừa; phòng, chống; phối hợp; phối; phổ biến; phụ trách; quan tâm; quán triệt; quản lý;
quyết định; quyết liệt; rà soát; rà duyệt; sắp xếp; sơ kết; sử dụng; sẵn sàng; sớm; sưu tầm; tạo;
tạo điều kiện; tăng cường; tập huấn; tập trung; tham gia; tham mưu; thành lập; thay mặt; thanh tra;
theo; theo dõi; theo chức năng; thẩm định; thí điểm; thiết kế; thiết lập; thông báo; thông tin;
thống kê; thống nhất; thúc đẩy; thực hiện; thường trực; thường xuyên; thông qua; tích cực; tiến hành;
tiếp nhận; tiếp tục; tiếp thu; tìm; tìm kiếm; tính toán; tổ chức; tổng hợp; tổng kết; trang bị;
tranh thủ; trên cơ sở; triển khai; treo; trích; trình; trong phạm vi; trực tiếp; truyền thông;
tuyên truyền; tuyển dụng; tuyệt đối; tư vấn; ưu tiên; vận động; vận hành; vận dụng; viết; xác định;
xác minh; xây dựng; xem xét; xử lý; xét; yêu cầu; ứng dụng; ủng hộ; thu; tuân thủ; nhận; lên; mời;
treo cờ; có trách nhiệm; có kế hoạch; có văn bản; có biện pháp; có giải pháp; có phương án; chủ trương;
đấu tranh; đấu mối; đầu mối; rút kinh nghiệm; học tập; thẩm tra; quy hoạch; quy định; giới thiệu;
tổ chức thực hiện; phục vụ; trao đổi; nhắc nhở; quan trắc; hạn chế; không; sẽ; đặc biệt; đồng thời;
cải thiện; khôi phục; gắn; gắn kết; ký; ký kết; kết nối; liên hệ; nộp; lưu trữ; số hóa; bàn giao;
tiếp đón; đón; đón tiếp; xếp; chiếu; phát sóng; phát; tường thuật; quảng bá; cấm; phân luồng; đặt; lưu;
dự; dự báo; chi trả; thanh toán; quyết toán; kê khai; ưu đãi; chia sẻ; tôn vinh; chăm sóc; bảo trì;
sửa chữa; xin; bầu; tạm dừng; dừng; vào cuộc; nhận thức; nghe; giao; giao ban; triệu tập; kết luận; tự;
luân chuyển; phấn đấu; thể hiện; vệ sinh; khử khuẩn; cài đặt; tải; truy cập; nhập; giảm;
tinh giản; tiết kiệm; xóa; chống; chuyển đổi; kiểm kê; kiểm định; kiểm toán; nghiệm thu; sinh hoạt;
thăm; tặng; trao; tuyên dương; bình chọn; thi đua; lan tỏa; khơi dậy; giữ gìn; giữ vững; bồi thường;
giải phóng; di dời; khởi công; thi công; đền bù; hiệp thương; phản biện; góp ý; thảo luận; tiếp xúc;
bổ nhiệm; phân cấp; đình chỉ; thu hồi; xác nhận; xác lập; mua sắm; đấu thầu; đấu giá; cho phép; cho;
tháo gỡ; phân tích; tính; lập hồ sơ; kiểm điểm; xử phạt"""

ACTING: Phrases[str] = phrases(_ACTING)

# Words that may stand after a body although it is the subject of nothing to be done: accounts of the past.
_TELLING = "đã; đang; còn; có; bị; được; cũng; luôn; vẫn; ngày càng; chưa"
TELLING: Phrases[str] = phrases(_TELLING)

# The empty call that closes a document: "… nghiêm túc triển khai thực hiện Kế hoạch này."
_CALL = word_set("""
nghiêm túc tổ chức quán triệt triển khai thực hiện tốt hiệu quả kế hoạch chỉ thị công văn văn bản thông báo
này các nội dung trên nhiệm vụ quan tâm theo đúng có khẩn trương , . / kịp thời và đầy đủ phối hợp biết căn cứ
chức năng được giao tinh thần nêu sớm xem xét giải quyết liên quan ý kiến chỉ đạo kết luận chương trình hướng
dẫn đồng bộ của tại quy định để hoàn thành""")


_ANNOUNCEMENT = word_set("""
có chịu trách nhiệm chỉ đạo lãnh thực hiện các nội dung nhiệm vụ sau đây tập trung tốt một số công việc trọng
tâm cụ thể như giải pháp triển khai tổ chức chủ động quan những việc này và , : là""")


def announces(tokens: Sequence[Token]) -> bool:
    """Whether these words only announce duties that follow: "có trách nhiệm:", "thực hiện như sau:"."""
    return bool(tokens) and tokens[-1].word == ":" and all(token.word in _ANNOUNCEMENT for token in tokens)


def is_predicate(tokens: Sequence[Token], place: int) -> bool:
    """Whether something to be done begins at `place`."""
    return place < len(tokens) and not tokens[place].capital and begins_duty(tokens, place)


def begins_duty(tokens: Sequence[Token], place: int) -> bool:
    """Whether something to be done begins at `place`, be it the first word of a sentence."""
    return place < len(tokens) and any(list_.at(tokens, place) for list_ in (ACTING, DIRECTING, COORDINATING))


def tells(tokens: Sequence[Token], place: int) -> bool:
    """Whether an account, not a duty, begins at `place`."""
    return TELLING.at(tokens, place) is not None and not is_predicate(tokens, place)


def is_empty_call(tokens: Sequence[Token]) -> bool:
    """Whether these words only call for carrying the document out."""
    return all(token.word in _CALL for token in tokens)
