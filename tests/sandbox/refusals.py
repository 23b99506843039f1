from collections.abc import Awaitable

import pytest
from slack_sdk.errors import SlackApiError


async def error_of(call: Awaitable[object]) -> str:
    """Return the error with which Slack refuses the call."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])
