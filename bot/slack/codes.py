"""Slack's words for no: what each holds for, and what somebody can do about it. Everything that reads a code asks here.

They are those that docs.slack.dev names for the methods we call, those that its method pages do not name and people have
met, and a few of our own for when Slack says nothing at all.
"""

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """What a refusal holds for."""

    PASSING = "passing"  # Slack took nothing; the same call may be made again
    UNSURE = "unsure"  # Slack may have done what was asked, or a part of it
    PERSON = "person"  # this person alone
    PLACE = "place"  # this channel, user group, message, file or view alone
    DRAWING = "drawing"  # the blocks: without a chart Slack may take them
    OURS = "ours"  # a mistake of this program's, in this call alone
    ASK = "ask"  # this one, or all: what auth.test says of our token tells which
    WORKSPACE = "workspace"  # all calls, auth.test too: what that says tells when it is over
    POSTING = "posting"  # all messages, while auth.test is answered: the next message tells when it is over


class Remedy(StrEnum):
    """What to do about it; the sentences are in `bot.kit.views.remedy`."""

    NONE_KNOWN = "none_known"  # nobody but the doctor can tell
    WAIT = "wait"  # Slack is in trouble
    NETWORK = "network"  # Slack is not reached
    GATEWAY = "gateway"  # something on the way answers in Slack's place
    SLOWER = "slower"  # Slack was asked too often
    MOVING = "moving"  # the workspace moves to another plan
    REINSTALL = "reinstall"  # the token is no longer good
    APP_REMOVED = "app_removed"  # the app is no longer installed
    OTHER_TOKEN = "other_token"  # noqa: S105 - it is no token
    NEW_SCOPES = "new_scopes"  # a permission is missing
    ALLOW = "allow"  # an admin forbids it
    ALLOW_NETWORK = "allow_network"  # an admin forbids it from where we run
    TWO_FACTORS = "two_factors"  # the workspace wants a second factor
    MESSAGES_TAB = "messages_tab"  # the app takes no direct messages
    HOME_TAB = "home_tab"  # the app has no Home
    MESSAGE_LIMIT = "message_limit"  # the plan's messages are used up
    DEACTIVATED = "deactivated"  # the person left
    PERSON_GONE = "person_gone"  # Slack does not know the person
    NOT_TO_THEM = "not_to_them"  # Slack lets us not write to the person
    A_BOT = "a_bot"  # it is no person
    INVITE = "invite"  # the app is not in the channel
    UNSEEN = "unseen"  # the app does not see the channel
    UNARCHIVE = "unarchive"  # the channel is archived
    READ_ONLY = "read_only"  # the channel takes no such messages
    GROUP_GONE = "group_gone"  # the user group is deleted
    NO_GROUPS = "no_groups"  # the plan has no user groups
    EXPORT_INSTEAD = "export_instead"  # Slack takes no such file


@dataclass(frozen=True, slots=True)
class Meaning:
    """One code. `of_person` is what to do when a person was written to, `of_all` when it stopped everything."""

    scope: Scope
    remedy: Remedy = Remedy.NONE_KNOWN
    of_person: Remedy | None = None
    of_all: Remedy | None = None


CANNOT_CONNECT = "cannot_connect"
PROXY_REFUSED = "proxy_refused"
NO_REPLY = "no_reply"
UNREADABLE_REPLY = "unreadable_reply"
UPLOAD_NOT_TAKEN = "upload_not_taken"
RATE_LIMITED = "ratelimited"
"""Slack's other word for it, `rate_limited`, comes without the status 429 and without `Retry-After`."""

_WORDS = {
    Meaning(Scope.PASSING, Remedy.SLOWER): f"{RATE_LIMITED} rate_limited push_limit_reached",
    Meaning(Scope.PASSING, Remedy.WAIT): f"service_unavailable fetch_members_failed {UPLOAD_NOT_TAKEN}",
    Meaning(Scope.PASSING, Remedy.NETWORK): f"{CANNOT_CONNECT} {PROXY_REFUSED}",
    Meaning(Scope.PASSING, Remedy.MOVING): "team_added_to_org external_channel_migrating",
    Meaning(Scope.UNSURE, Remedy.WAIT): (
        f"internal_error fatal_error request_timeout update_failed file_update_failed {NO_REPLY}"
    ),
    Meaning(Scope.UNSURE, Remedy.GATEWAY): UNREADABLE_REPLY,
    Meaning(Scope.WORKSPACE, Remedy.REINSTALL): "invalid_auth not_authed token_expired token_revoked",
    Meaning(Scope.WORKSPACE, Remedy.OTHER_TOKEN): "not_allowed_token_type is_bot missing_args",
    Meaning(Scope.WORKSPACE, Remedy.ALLOW): "ekm_access_denied enterprise_is_restricted forbidden_team",
    Meaning(Scope.WORKSPACE, Remedy.ALLOW_NETWORK): "accesslimited",
    Meaning(Scope.WORKSPACE, Remedy.TWO_FACTORS): "two_factor_setup_required",
    Meaning(Scope.WORKSPACE, Remedy.MOVING): "org_login_required",
    Meaning(Scope.POSTING, Remedy.MESSAGES_TAB): "messages_tab_disabled",
    Meaning(Scope.POSTING, Remedy.MESSAGE_LIMIT): "message_limit_exceeded",
    Meaning(Scope.ASK, Remedy.DEACTIVATED, of_all=Remedy.APP_REMOVED): "account_inactive",
    Meaning(Scope.ASK, Remedy.NEW_SCOPES): "missing_scope",
    Meaning(
        Scope.ASK, Remedy.ALLOW
    ): "no_permission access_denied team_access_not_granted app_access_restricted",
    Meaning(Scope.PERSON, Remedy.PERSON_GONE): "user_not_found",
    Meaning(Scope.PERSON, Remedy.DEACTIVATED): "user_disabled",
    Meaning(Scope.PERSON, Remedy.A_BOT): "cannot_dm_bot",
    Meaning(Scope.PERSON, Remedy.NOT_TO_THEM): "user_is_restricted user_not_visible user_not_in_channel",
    Meaning(Scope.PLACE, Remedy.UNSEEN, of_person=Remedy.NOT_TO_THEM): (
        "channel_not_found channel_is_limited_access invalid_channel"
    ),
    Meaning(Scope.PLACE, Remedy.INVITE): "not_in_channel",
    Meaning(Scope.PLACE, Remedy.UNARCHIVE): "is_archived is_inactive",
    Meaning(Scope.PLACE, Remedy.ALLOW): "restricted_action",
    Meaning(Scope.PLACE, Remedy.READ_ONLY): (
        "restricted_action_read_only_channel restricted_action_thread_only_channel restricted_action_thread_locked "
        "restricted_action_non_threadable_channel posting_to_channel_denied"
    ),
    Meaning(Scope.PLACE, Remedy.GROUP_GONE): "no_such_subteam users_not_found",
    Meaning(Scope.PLACE, Remedy.NO_GROUPS): "plan_upgrade_required",
    Meaning(Scope.PLACE, Remedy.HOME_TAB): "not_enabled",
    Meaning(Scope.PLACE, Remedy.EXPORT_INSTEAD): (
        "file_uploads_disabled file_uploads_except_images_disabled file_upload_size_restricted file_type_not_allowed "
        "storage_limit_reached blocked_file_type unable_to_share_files file_share_limit_reached "
        "max_file_sharing_exceeded slack_connect_blocked_file_type slack_connect_canvas_sharing_blocked "
        "slack_connect_clip_sharing_blocked slack_connect_file_link_sharing_blocked "
        "slack_connect_file_upload_sharing_blocked slack_connect_lists_sharing_blocked"
    ),
    # The message, the modal or the address that we spoke of is no longer there, or no longer ours to change.
    Meaning(Scope.PLACE): (
        "message_not_found thread_not_found cant_update_message cant_delete_message edit_window_closed "
        "streaming_state_conflict cannot_reply_to_message not_found hash_conflict expired_trigger_id "
        "exchanged_trigger_id invalid_trigger_id expired_url used_url file_not_found file_deleted file_is_deleted "
        "function_execution_not_found execution_not_in_running_state"
    ),
    Meaning(Scope.DRAWING): "invalid_blocks invalid_blocks_format invalid_attachments msg_blocks_too_long",
    Meaning(Scope.OURS): (
        "alt_txt_too_large as_user_not_supported attachment_payload_limit_exceeded block_mismatch cant_broadcast_message "
        "channels_limit_exceeded deprecated_endpoint draft_already_deleted draft_already_sent draft_has_conflict "
        "draft_not_found duplicate_channel_not_found duplicate_external_id duplicate_message_not_found insecure_request "
        "invalid_arg_name invalid_arguments invalid_array_arg invalid_charset invalid_cursor invalid_form_data "
        "invalid_json invalid_limit invalid_metadata_format invalid_metadata_schema invalid_post_type invalid_team "
        "invalid_types invalid_user_combination json_not_object limit_required markdown_text_conflict "
        "metadata_must_be_sent_from_app metadata_too_large method_deprecated method_not_supported_for_channel_type "
        "missing_argument missing_file_data missing_post_type missing_profile_id msg_too_long "
        "no_dual_broadcast_content_update no_text not_enough_users not_implemented parameter_validation_failed "
        "send_on_behalf_not_allowed "
        "snippet_too_large team_not_found too_many_attachments too_many_contact_cards too_many_users unknown_method "
        "unknown_snippet_type unknown_subtype users_list_not_supplied view_too_large"
    ),
}
CODES = {code: meaning for meaning, codes in _WORDS.items() for code in codes.split()}

# What Slack may say tomorrow concerns the one call in which it says so.
_UNKNOWN = Meaning(Scope.OURS)


def meaning(code: str) -> Meaning:
    """Return what one of Slack's codes means; of one that nobody has met, that it holds for this call alone.

    >>> meaning("accesslimited").scope
    <Scope.WORKSPACE: 'workspace'>
    """
    return CODES.get(code, _UNKNOWN)
