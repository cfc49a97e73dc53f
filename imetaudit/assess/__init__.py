"""Assessing: evidence in, outcomes and verdicts out, by rules that are data."""
