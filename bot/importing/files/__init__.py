"""A file becomes records: unpacked, decoded, divided, and its header told from its answers."""
