"""Plans: each unit says how it will carry a directive out; what it promised becomes its tasks."""

from workflows.plans.form import CODE, CONTENT, TITLE
from workflows.plans.models import Milestone
from workflows.plans.queries import (
    accepted_without_tasks,
    milestone_of,
    milestones_of,
    plans,
    requests,
    tasks_of_plans,
)
from workflows.plans.rules import Step
from workflows.plans.verbs import Plan, accept, ask, assign_milestones, submit, write

__all__ = [
    "CODE",
    "CONTENT",
    "TITLE",
    "Milestone",
    "Plan",
    "Step",
    "accept",
    "accepted_without_tasks",
    "ask",
    "assign_milestones",
    "milestone_of",
    "milestones_of",
    "plans",
    "requests",
    "submit",
    "tasks_of_plans",
    "write",
]
