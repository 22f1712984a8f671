"""House rule 13: every list is paged, sorted and filtered by its address, and can be taken away as xlsx.

A list is declared once:

    LIST = Listing(
        name="nhiem-vu", title=N_("Nhiệm vụ"),
        columns=(
            Column("task", N_("Nhiệm vụ"), lambda task: task.title, sort=Task.title, address=task_address),
            Column("due", N_("Hạn"), lambda task: task.due_on, sort=Task.due_on),
        ),
        filters=(Options.of("state", N_("Trạng thái"), TaskState, Task.state),),
        views=(View("all", N_("Tất cả")), View("open", N_("Đang làm"), {"state": ["assigned"]})),
        sort="due",
    )

and answered in one line: `return answer(LIST, tasks.visible_to(me()), "tasks/index.html")`. The template
gets it as `page` (a `Page`) and draws it with the macros of components/lists.html. Arguments of the
address: `sort=key` or `sort=-key`, `page`, `size`, `columns`, `view`, `format=xlsx`, and one or two for
each filter. Nothing in them can make a page fail.
"""

from webapp.listing.answering import answer, only_offered, sheet
from webapp.listing.declaring import Asked, Column, Listing, View
from webapp.listing.page import Page
from webapp.listing.reading import read_all, read_page

__all__ = [
    "Asked",
    "Column",
    "Listing",
    "Page",
    "View",
    "answer",
    "only_offered",
    "read_all",
    "read_page",
    "sheet",
]
