"""The command line: what its commands share, and those that are no part of the program in its window."""
