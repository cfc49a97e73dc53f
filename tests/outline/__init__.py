"""Tests of `imetaudit.outline`."""
