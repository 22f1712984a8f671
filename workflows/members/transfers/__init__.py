"""Transfers: the two ends of a member's moving from one branch to another meet."""

from workflows.members.transfers.verbs import receive, refuse, send, withdraw

__all__ = ["receive", "refuse", "send", "withdraw"]
