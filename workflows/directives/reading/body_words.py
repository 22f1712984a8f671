"""The closed vocabulary of names of bodies: heads, fields of work, levels, groups and what may qualify them.

Plain data without rules; `bodies` holds the grammar. A list is one string, entries apart by semicolons.
"""

from workflows.directives.reading.tokens import Phrases, entries, phrases

# Heads that are already a name, a level or a place may follow: "Ủy ban nhân dân tỉnh", "Công an xã".
_STANDING = """
ủy ban nhân dân; UBND; hội đồng nhân dân; HĐND; ủy ban Mặt trận Tổ quốc Việt Nam;
ủy ban Mặt trận Tổ quốc; ủy ban MTTQ Việt Nam; ủy ban MTTQVN; ủy ban MTTQ; UBMTTQ Việt Nam; UBMTTQVN;
UBMTTQ; UB MTTQ Việt Nam; UB MTTQ; công an; thanh tra; thanh tra nhà nước; thuế; chi cục thuế; cục thuế;
hải quan; cục hải quan; tòa án nhân dân; viện kiểm sát nhân dân; cục thi hành án dân sự;
thi hành án dân sự; thống kê; cục thống kê; chi cục thống kê; kho bạc nhà nước; bảo hiểm xã hội;
cơ quan báo và phát thanh, truyền hình; báo và đài phát thanh, truyền hình; quản lý thị trường;
chi cục quản lý thị trường; cục quản lý thị trường; ngân hàng nhà nước; ngân hàng chính sách xã hội;
bưu điện; viễn thông; kiểm toán nhà nước; kiểm lâm; chi cục kiểm lâm; bộ chỉ huy quân sự;
ban chỉ huy quân sự; bộ tư lệnh; bộ chỉ huy bộ đội biên phòng; bộ đội biên phòng; bộ chỉ huy biên phòng;
đồn biên phòng; văn phòng; phòng giáo dục và đào tạo; phòng GD&ĐT; phòng GDĐT; sở GD&ĐT; sở GDĐT;
bộ GD&ĐT; tỉnh ủy; thành ủy; quận ủy; huyện ủy; thị ủy; tỉnh đoàn thanh niên; tỉnh đoàn; thành đoàn;
quận đoàn; huyện đoàn; thị đoàn; đoàn thanh niên cộng sản Hồ Chí Minh; đoàn TNCS Hồ Chí Minh;
đoàn thanh niên; đoàn trường; xã đoàn; phường đoàn; đoàn xã; đoàn phường; hội liên hiệp phụ nữ;
hội LHPN; hội phụ nữ; hội nông dân; hội cựu chiến binh; hội CCB; liên đoàn lao động; LĐLĐ; công đoàn;
hội liên hiệp thanh niên; hội LHTN; hội sinh viên; hội chữ thập đỏ; hội người cao tuổi; hội khuyến học;
hội luật gia; hội nhà báo; hội cựu thanh niên xung phong; hội đồng đội; hội nạn nhân chất độc da cam;
hội cựu giáo chức; liên hiệp các tổ chức hữu nghị; liên hiệp các hội khoa học và kỹ thuật;
liên hiệp các hội văn học nghệ thuật; hội văn học nghệ thuật; liên minh hợp tác xã;
đoàn đại biểu quốc hội; ủy ban bầu cử; ngân hàng; ủy ban kiểm tra; UBKT; kiểm tra đảng ủy;
trường chính trị; trung tâm chính trị; đài phát thanh và truyền hình; đài phát thanh - truyền hình;
đài truyền hình; đài tiếng nói; báo và phát thanh, truyền hình; thông tấn xã; cổng thông tin điện tử;
các cơ quan đảng; chính phủ; quốc hội; thủ tướng chính phủ; bộ chính trị; ban bí thư; quân sự;
biên phòng; ban chấp hành trung ương; điện lực; công ty điện lực; đại sứ quán; đại sứ quán các nước;
quỹ đầu tư phát triển; BTGDV; ban TGDV; VPTU; BTV; dân quân; trạm y tế; quốc phòng"""

# Heads that need the body they belong to: "Đảng ủy Ủy ban nhân dân tỉnh", "Giám đốc các sở".
_OF_ANOTHER = """
đảng ủy; đảng ủy cơ quan; ban thường vụ đảng ủy; ban cán sự đảng; đảng đoàn; đảng bộ; chi bộ; chi ủy;
ban thường vụ; thường trực; ban thường trực; đoàn chủ tịch; đoàn; thường vụ; văn phòng; thủ trưởng;
giám đốc; chủ tịch; phó chủ tịch; bí thư; phó bí thư; hiệu trưởng; chánh văn phòng; trưởng phòng;
trưởng ban; trưởng các; lãnh đạo; tập thể lãnh đạo; người đứng đầu; cán bộ chuyên trách; bộ trưởng;
chánh thanh tra; cơ quan; các cơ quan; thành viên; đồng chí bí thư; đồng chí chủ tịch;
đồng chí giám đốc; bí thư, chủ tịch; cục trưởng; chi cục trưởng; tổng giám đốc; chỉ huy trưởng;
viện trưởng; ban giám đốc; ban giám hiệu; ban chấp hành; đồng chí; cán bộ, công chức, viên chức; cán bộ;
các đồng chí; đại diện; công chức; ban biên tập; tổng biên tập; trưởng thôn; tổ trưởng; trưởng công an;
đội ngũ cán bộ; cơ quan thường trực; đảng ủy viên; tỉnh ủy viên; ủy viên ban thường vụ;
ủy viên ban chấp hành; thôn trưởng; tổ trưởng tổ dân phố; trưởng khu phố; khu phố trưởng"""

# Heads that need a field of work or a proper name: "Sở Xây dựng", "Ban Tổ chức", "Chi cục Thủy lợi".
_OF_A_FIELD = """
sở; bộ; ban; phòng; cục; chi cục; tổng cục; vụ; viện; ủy ban; hội; tổng hội; ban quản lý; ban QLDA;
ban chỉ đạo; BCĐ; tiểu ban; tổ công tác; tổ giúp việc; tổ; hội đồng; trung tâm; trường; trường đại học;
trường cao đẳng; học viện; đài; báo; tạp chí; công ty; tổng công ty; công ty cổ phần; công ty TNHH;
công ty TNHH MTV; tập đoàn; doanh nghiệp; hợp tác xã; bệnh viện; liên hiệp; hiệp hội; hãng phim;
tổng lãnh sự quán; bảo tàng; thư viện; cảng vụ; nhà xuất bản; quỹ; vườn quốc gia; đội; trạm; nhà máy;
xí nghiệp; ban quản lý dự án; ban quản lý các khu công nghiệp; ban quản lý khu kinh tế; cơ quan báo;
ban công tác; ban giải phóng mặt bằng; ban an toàn giao thông; cung; nhà văn hóa; nhà thiếu nhi;
nhà hát; khối; cụm; đảng bộ"""

# Fields of work as they stand in the names of sở, bộ, ban, phòng: whole names before their parts.
_FIELDS = """
nông nghiệp và môi trường; nông nghiệp và phát triển nông thôn; nông nghiệp và PTNT; nông nghiệp;
NN&PTNT; NN&MT; NNMT; NNPTNT; tài nguyên và môi trường; tài nguyên, môi trường; TN&MT; TNMT;
kế hoạch và đầu tư; kế hoạch - đầu tư; KH&ĐT; tài chính; tài chính - kế hoạch;
văn hóa, thể thao và du lịch; VHTT&DL; VHTTDL; VH,TT&DL; văn hóa và thể thao; văn hóa - thể thao; VH&TT;
văn hóa và thông tin; văn hóa - thông tin; văn hóa, thông tin; văn hóa; văn hóa - xã hội;
văn hóa, khoa học và thông tin; thể dục thể thao; du lịch; khoa học và công nghệ; KH&CN; KHCN; khoa học;
khoa học, công nghệ và môi trường; giáo dục và đào tạo; giáo dục - đào tạo; giáo dục & đào tạo; GD&ĐT;
GDĐT; lao động - thương binh và xã hội; lao động, thương binh và xã hội; lao động, thương binh & xã hội;
LĐ-TB&XH; LĐTB&XH; LĐTBXH; y tế; nội vụ; xây dựng; giao thông vận tải; giao thông công chính; GTVT;
công thương; công nghiệp; thương mại; thương mại và du lịch; tư pháp; ngoại vụ; ngoại giao;
thông tin và truyền thông; TT&TT; TTTT; thông tin; truyền thông; bưu chính viễn thông;
quy hoạch - kiến trúc; quy hoạch và kiến trúc; dân tộc; dân tộc và tôn giáo; dân tộc - tôn giáo;
tôn giáo; tuyên giáo và dân vận; tuyên giáo; dân vận; tổ chức; tổ chức cán bộ; tổ chức - nội vụ;
kiểm tra; nội chính; kinh tế; kinh tế và hạ tầng; kinh tế - hạ tầng; kinh tế, hạ tầng và đô thị;
kinh tế - ngân sách; quản lý đô thị; quốc phòng; an toàn thực phẩm; thủy sản; thủy lợi;
chăn nuôi và thú y; trồng trọt và bảo vệ thực vật; đê điều; quân sự; chính sách, chiến lược trung ương;
xây dựng đảng; pháp chế; tiếp công dân; tiếp công dân trung ương; thi đua khen thưởng;
thi đua - khen thưởng; bảo vệ, chăm sóc sức khỏe cán bộ; đối ngoại; tổng hợp; hành chính; quản trị;
cơ yếu; chuyển đổi số; phong trào; chuyên môn; dân vận - tuyên giáo; văn hóa - gia đình; phát triển;
thanh niên; kỹ thuật; biên giới; chính trị; tham mưu; tài chính - ngân sách; quản lý khu công nghiệp;
quản lý các khu công nghiệp; quản lý khu kinh tế; quản lý dự án; nông thôn mới; du lịch và thương mại;
quản lý dự án đầu tư xây dựng; quản lý dự án đầu tư; dự án đầu tư xây dựng; đầu tư xây dựng;
đầu tư xây dựng công trình giao thông; quản lý dự án đầu tư xây dựng công trình giao thông;
quản lý dự án đầu tư xây dựng công trình dân dụng và công nghiệp;
quản lý dự án đầu tư xây dựng công trình nông nghiệp; quản lý rừng phòng hộ; quản lý rừng đặc dụng;
thống kê; hợp tác quốc tế; quản lý công nghiệp; xây dựng nông thôn mới; thuế; kiểm lâm; thú y; hải quan;
dân số; tin học; công tác học sinh sinh viên; đào tạo"""

# Words for groups of bodies; they join into one group across commas: "sở, ban, ngành, địa phương".
_GROUPS = """
sở; ban; ngành; bộ; bộ ngành; sở ngành; ban ngành; cấp ủy; cấp ủy đảng; cấp; cấp hội; cấp bộ đoàn;
cơ sở đoàn; cơ sở hội; tổ chức đảng; tổ chức cơ sở đảng; cơ quan; đơn vị; địa phương; chính quyền;
đoàn thể; tổ chức; tổ chức chính trị - xã hội; đoàn thể chính trị - xã hội; đoàn thể nhân dân;
tổ chức đoàn thể; tổ chức thành viên; hội quần chúng; hội đặc thù; hội; hội đoàn thể; tổ chức hội;
tổ chức chính trị; tổ chức xã hội; tổ chức xã hội - nghề nghiệp; huyện; thị; thị xã; thành phố; quận;
xã; phường; đặc khu; thị trấn; tỉnh; huyện ủy; thị ủy; thành ủy; quận ủy; tỉnh ủy; đảng ủy; đảng bộ;
chi bộ; đảng ủy trực thuộc; phòng; phòng ban; phòng, ban; cơ quan chuyên môn; trung tâm; trường;
nhà trường; trường học; cơ sở giáo dục; cơ sở giáo dục mầm non; cơ sở GDMN; trường mầm non;
trường tiểu học; trường trung học cơ sở; trường trung học phổ thông; trường THCS; trường THPT;
trường TH&THCS; trường đại học; trường đại học, cao đẳng; mầm non; tiểu học; THCS; THPT; TH&THCS; TH;
doanh nghiệp; nhà đầu tư; chủ đầu tư; nhà thầu; ban quản lý; ban quản lý dự án; hợp tác xã; lực lượng;
lực lượng vũ trang; lực lượng chức năng; cơ quan chức năng; ngành chức năng; cơ quan báo chí;
cơ quan thông tấn, báo chí; báo, đài; cơ quan truyền thông; khu phố; thôn; ấp; tổ dân phố; khóm;
hộ gia đình; gia đình; cộng đồng; cộng đồng dân cư; cá nhân; tổ chức, cá nhân; chi đoàn; chi hội;
công đoàn cơ sở; đoàn viên; hội viên; ban xây dựng đảng; ban đảng; ban tham mưu; cơ quan tham mưu;
cơ quan tham mưu, giúp việc; ban chỉ đạo; tổ công tác; đoàn; đoàn kiểm tra; mặt trận tổ quốc;
mặt trận tổ quốc việt nam; mặt trận; MTTQ; MTTQ Việt Nam; nhân dân; cán bộ, đảng viên; cán bộ;
đảng viên; công chức; viên chức; tổ chức công đoàn; tổ chức đoàn; cấp công đoàn; công đoàn;
liên đoàn lao động; hội đồng; bệnh viện; cơ sở y tế; cơ sở; cơ sở kinh doanh; cơ sở sản xuất;
tổ chức tín dụng; ngân hàng; ngân hàng thương mại; khu công nghiệp; đội; ủy viên; bên; thành viên;
ban chấp hành; phòng chuyên môn; ban chuyên môn; ban quản lý khu công nghiệp; hai ngành;
tổ chức nghiên cứu; tổ chức nghiên cứu và phát triển; hiệp hội; ban, bộ, ngành; sở, ngành;
tỉnh, thành phố; cục; vụ; viện; học viện; tổ; nhóm; đại sứ quán; đại sứ quán các nước; tổ chức quốc tế;
nghệ sĩ; nghệ sỹ; nghệ nhân; câu lạc bộ; hãng thông tấn; chủ rừng; chủ cơ sở; thầy cô giáo; giáo viên;
cha mẹ học sinh; phụ huynh; nhân viên"""

# Groups that name a body even without "các" before them.
_BARE_GROUPS = """
cấp ủy; tổ chức đảng; tổ chức cơ sở đảng; chính quyền; mặt trận tổ quốc; mặt trận; MTTQ; chủ đầu tư;
nhà trường; sở, ban, ngành; sở, ngành; sở, ban ngành; bộ, ngành; bộ, ban, ngành; ban, ngành;
ban, bộ, ngành; bộ ngành; sở ngành; huyện ủy; thị ủy; thành ủy; đảng ủy trực thuộc; đoàn thể;
tổ chức chính trị - xã hội; cơ quan, đơn vị; cơ quan, tổ chức; cơ quan, ban, ngành; cơ quan liên quan;
cơ quan có liên quan; đơn vị liên quan; đơn vị có liên quan; địa phương liên quan;
địa phương có liên quan; ngành liên quan; ngành có liên quan; tổ chức, cá nhân; đơn vị, địa phương;
lực lượng chức năng; cơ quan chức năng; cơ quan chuyên môn; cơ quan báo chí; cơ quan tham mưu;
cơ quan truyền thông; cơ quan thông tấn, báo chí; ban quản lý dự án; nhà đầu tư; doanh nghiệp; gia đình;
cộng đồng; cơ sở GDMN; cơ sở giáo dục; hai ngành; hộ gia đình; chi bộ; chi đoàn; chi hội; nhà thầu;
phòng chuyên môn; ban xây dựng đảng; tổ chức đoàn; tổ chức hội; công đoàn cơ sở; cơ sở đoàn; cơ sở hội;
hội quần chúng; lực lượng vũ trang; báo, đài; tổ dân phố; khu phố; đơn vị sự kiện; huyện, thị xã;
huyện, thành phố; xã, phường; xã, phường, thị trấn; xã, phường, đặc khu; thôn, tổ dân phố"""

# Words of level, also lists of them: "các xã, phường, đặc khu".
_LEVELS = """
tỉnh ủy; thành ủy; huyện ủy; thị ủy; quận ủy; quân khu; quân khu ủy; trung ương đảng; tỉnh; thành phố;
TP; huyện; thị xã; quận; xã; phường; thị trấn; đặc khu; trung ương; thủ đô; khu vực; thị; cơ sở; thôn;
khóm; ấp; nhà nước; quốc gia; trực thuộc trung ương; việt nam; nước; địa phương; liên xã; liên tỉnh"""

# What may follow a name and belongs to it.
_QUALIFIERS = """
số 1; số 2; số 3; trong nước; trong nước và quốc tế; nước ngoài; có liên quan khác; liên quan khác;
có liên quan; liên quan; khác có liên quan; khác; chức năng; trực thuộc; trong tỉnh; toàn tỉnh;
trong toàn tỉnh; trong huyện; trong thành phố; trong toàn quốc; cùng cấp; các cấp; ở các cấp; cơ sở;
cấp trên trực tiếp cơ sở; cấp trên trực tiếp; cấp trên cơ sở; cấp trên; cấp dưới; chuyên môn;
chính trị - xã hội; địa phương; đóng trên địa bàn; hữu quan; nơi; được giao; cấp tỉnh; cấp huyện;
cấp xã; cấp thành phố; cấp cơ sở; có thẩm quyền; diễn ra sự kiện; trong ngành; hai cấp; đảng; đoàn thể;
tổ chức thành viên; từ tỉnh đến cơ sở; ở cơ sở; ở địa phương; trong khối; trong cụm; trong hệ thống;
chủ quản; cấp mình; ở đơn vị; trong xã; trong phường; trên toàn quốc; cung ứng; thường trực; cấp phòng"""

# Prefixes of belonging: the words that follow them are part of the name as far as the next verb or sign.
_BELONGING = """
trên địa bàn; thuộc; trực thuộc; của; tại; trong phạm vi; ở; thuộc phạm vi quản lý của;
đóng trên địa bàn; nằm trên địa bàn; trong khu vực; theo ngành dọc đóng trên địa bàn"""

QUANTIFIERS = phrases(
    "các; những; toàn thể; tất cả các; từng; mỗi; một số; hai; đồng thời các; toàn bộ các",
    "các đồng chí; đồng chí; toàn thể các; cả",
)
PLURALS = frozenset({"các", "những", "toàn", "tất", "từng", "mỗi", "một", "hai", "toàn bộ", "cả"})
# Heads that are common nouns too: only a capital or a level makes them a body.
COMMON = frozenset(
    entries("""
công an; thanh tra; thuế; hải quan; thống kê; viễn thông; kiểm lâm; văn phòng; ngân hàng; điện lực;
quốc phòng; dân quân; quân sự; biên phòng""")
)
# Heads that are bodies only with a capital.
CAPITALS = frozenset(
    entries("""
đoàn thanh niên; công đoàn; bảo hiểm xã hội; viện kiểm sát nhân dân; bộ đội biên phòng; quốc hội;
bưu điện; quản lý thị trường""")
)
# Heads whose names may begin with a small letter: "Ban chỉ đạo phòng, chống dịch".
OPEN_HEADS = frozenset(["ban chỉ đạo", "BCĐ", "tiểu ban", "tổ công tác", "hội đồng"])
# Fields of work that are verbs too: in an open name they stand before a verb or a level.
VERBAL_FIELDS: Phrases[str] = phrases("""
đầu tư; xây dựng; phát triển; bảo tồn; đào tạo; bồi dưỡng; giám sát; kiểm soát; quản lý; nghiên cứu;
hỗ trợ; kiểm định; kiểm nghiệm; xúc tiến; khuyến khích; bảo vệ; bảo trợ; quan trắc; chăm sóc; thông tin;
truyền thông; phục vụ; tư vấn; điều hành; giáo dục; giới thiệu; thẩm định; cung ứng; khai thác;
ứng dụng; chuyển giao""")
# The Front, and what stands beside it as one group with it.
FRONT = frozenset(["mặt trận tổ quốc", "mặt trận tổ quốc việt nam", "mặt trận", "MTTQ", "MTTQ Việt Nam"])
BESIDE_FRONT = frozenset(["đoàn thể", "tổ chức thành viên", "hội quần chúng"])
# Groups that "và các … liên quan" joins to the group before.
NEAR = frozenset(
    ["cơ quan", "đơn vị", "địa phương", "tổ chức", "ngành", "cá nhân", "tổ chức, cá nhân", "đoàn thể"]
)
STANDING: Phrases[str] = phrases(_STANDING)
OF_ANOTHER: Phrases[str] = phrases(_OF_ANOTHER)
OF_A_FIELD: Phrases[str] = phrases(_OF_A_FIELD)
FIELDS: Phrases[str] = phrases(_FIELDS)
GROUPS: Phrases[str] = phrases(_GROUPS)
BARE_GROUPS: Phrases[str] = phrases(_BARE_GROUPS)
LEVELS: Phrases[str] = phrases(_LEVELS)
QUALIFIERS: Phrases[str] = phrases(_QUALIFIERS)
BELONGING: Phrases[str] = phrases(_BELONGING)

# Offices that are a body without saying whose.
STANDING_OFFICES: Phrases[str] = phrases("""
hiệu trưởng; thủ trưởng; bộ trưởng; giám đốc; chủ tịch; bí thư; người đứng đầu; ban giám hiệu;
ban giám đốc; đảng ủy; ban thường vụ; ban thường vụ đảng ủy; thường trực; chi bộ; chi ủy; đảng bộ;
ban cán sự đảng; đảng đoàn; ban chấp hành; chánh văn phòng; trưởng phòng; cán bộ, công chức, viên chức;
đảng ủy viên; tỉnh ủy viên; thôn trưởng; trưởng thôn; tổ trưởng tổ dân phố; trưởng khu phố;
khu phố trưởng""")
