"""A pretend Slack: its Web API, its signed requests, and a page on which to be anyone in a small workspace.

Strict on purpose: it refuses what Slack refuses. It knows the blocks, elements and methods this app uses
and says so when it meets another. It imports nothing of the rest of the project.
"""
