"""A pretend Slack: its Web API, its signed requests, and a page on which to be anyone in a small workspace.

Strict on purpose: it refuses what Slack refuses. It knows the blocks, elements and methods this app uses
and says so when it meets another. It imports nothing of the rest of the project.
Its workspace remembers; `web_api` answers the app, and `driving` does what people do. `failures` are what Slack
refuses or gets wrong, `wire` what goes to and fro, and `screens` what a person sees.
"""
