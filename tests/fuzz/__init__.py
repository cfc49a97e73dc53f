"""Fuzzing: files that were readable, changed at places that a counter decides."""
