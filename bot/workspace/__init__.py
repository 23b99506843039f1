"""How a workspace is set: how often people are asked, when, and who manages."""
