"""Refusals of the pretend Slack, in Slack's own words."""

from collections.abc import Sequence
from enum import StrEnum

from bot.sandbox.records import Json


class Code(StrEnum):
    """The errors the pretend Slack gives, each spelled as Slack spells it."""

    ACCOUNT_INACTIVE = "account_inactive"
    CANNOT_DM_BOT = "cannot_dm_bot"
    CHANNEL_NOT_FOUND = "channel_not_found"
    DUPLICATE_EXTERNAL_ID = "duplicate_external_id"
    EXECUTION_NOT_IN_RUNNING_STATE = "execution_not_in_running_state"
    EXPIRED_URL = "expired_url"
    FILE_NOT_FOUND = "file_not_found"
    FILE_UPLOAD_SIZE_RESTRICTED = "file_upload_size_restricted"
    FUNCTION_EXECUTION_NOT_FOUND = "function_execution_not_found"
    HASH_CONFLICT = "hash_conflict"
    INVALID_ARGUMENTS = "invalid_arguments"
    INVALID_AUTH = "invalid_auth"
    INVALID_BLOCKS = "invalid_blocks"
    INVALID_BLOCKS_FORMAT = "invalid_blocks_format"
    INVALID_CURSOR = "invalid_cursor"
    INVALID_JSON = "invalid_json"
    INVALID_LIMIT = "invalid_limit"
    INVALID_METADATA_FORMAT = "invalid_metadata_format"
    INVALID_TYPES = "invalid_types"
    IS_ARCHIVED = "is_archived"
    JSON_NOT_OBJECT = "json_not_object"
    LIMIT_REQUIRED = "limit_required"
    MESSAGE_NOT_FOUND = "message_not_found"
    METHOD_NOT_SUPPORTED_FOR_CHANNEL_TYPE = "method_not_supported_for_channel_type"
    MISSING_SCOPE = "missing_scope"
    MSG_TOO_LONG = "msg_too_long"
    NO_SUCH_SUBTEAM = "no_such_subteam"
    NO_TEXT = "no_text"
    NOT_ALLOWED_TOKEN_TYPE = "not_allowed_token_type"  # noqa: S105 - a name, not a token
    NOT_AUTHED = "not_authed"
    NOT_FOUND = "not_found"
    NOT_IN_CHANNEL = "not_in_channel"
    PARAMETER_VALIDATION_FAILED = "parameter_validation_failed"
    PLAN_UPGRADE_REQUIRED = "plan_upgrade_required"
    PUSH_LIMIT_REACHED = "push_limit_reached"
    THREAD_NOT_FOUND = "thread_not_found"
    TOKEN_REVOKED = "token_revoked"  # noqa: S105 - a name, not a token
    UNKNOWN_METHOD = "unknown_method"
    USED_URL = "used_url"
    USER_DISABLED = "user_disabled"
    USER_NOT_FOUND = "user_not_found"
    USER_NOT_IN_CHANNEL = "user_not_in_channel"
    USER_NOT_VISIBLE = "user_not_visible"
    VIEW_TOO_LARGE = "view_too_large"


class WebApiError(Exception):
    """Slack answers `{"ok": false, "error": code}`; `fields` are added to the answer."""

    def __init__(self, code: str, **fields: object) -> None:
        super().__init__(code)
        self.code = code
        self.fields: Json = fields


def refused(code: str, reasons: Sequence[str]) -> WebApiError:
    """Build the error that lists its reasons in `response_metadata.messages`, as Slack does."""
    return WebApiError(code, response_metadata={"messages": [f"[ERROR] {reason}" for reason in reasons]})
