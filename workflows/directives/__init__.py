"""Directives: registered documents that may assign tasks."""
