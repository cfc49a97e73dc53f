"""Audit course syllabi for human rights, democracy and civilian control of the military."""

__version__ = "0.1.0"
