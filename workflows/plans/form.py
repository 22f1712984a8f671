"""What a unit is asked for its own plan.

The milestones stand in a table of their own; in the answer they are words, so that every edition keeps them.
"""

from typing import Any

from workflows.wording import N_

CODE = "implementation-plan"
TITLE, CONTENT, MILESTONES = "title", "content", "milestones"


def definition(guidance: str = "") -> dict[str, Any]:
    """The form as data, with what the office asks the units to mind."""
    return {
        "title": N_("Kế hoạch thực hiện của đơn vị"),
        "sections": [
            {
                "title": N_("Kế hoạch"),
                "fields": [
                    {
                        "code": TITLE,
                        "label": N_("Tên, số, ký hiệu của kế hoạch"),
                        "kind": "narrative",
                        "required": True,
                    },
                    {
                        "code": CONTENT,
                        "label": N_("Nội dung kế hoạch"),
                        "kind": "narrative",
                        "required": False,
                        "help": guidance,
                    },
                    {
                        "code": MILESTONES,
                        "label": N_("Các mốc thực hiện"),
                        "kind": "narrative",
                        "required": False,
                    },
                ],
            }
        ],
    }
