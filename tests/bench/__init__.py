"""Measuring what the program costs, beside peers: `make bench`."""
