"""Row by row: what is read of each, whether it counts, and what it is known by."""
