"""When somebody answered, as files write it: in one cell or in several, in any language and order."""
