"""files.getUploadURLExternal and .completeUploadExternal; between them the bytes go to the address it gave."""

from mimetypes import guess_type

from bot.sandbox.failures.errors import Code, WebApiError, refused
from bot.sandbox.records import File, Json, Message
from bot.sandbox.workspace import Sandbox

from .call import Arguments, Method
from .destination import destination

_LARGEST = 1 << 30
_CHANNEL_KINDS = ("C", "G", "D", "Z")


def described_file(file: File) -> Json:
    return {
        "id": file.id,
        "name": file.name,
        "title": file.title,
        "mimetype": guess_type(file.name)[0] or "application/octet-stream",
        "size": len(file.content),
    }


def _get_upload_url(sandbox: Sandbox, given: Arguments) -> Json:
    name, length = given.text("filename"), given.whole("length", 0)
    if length < 1:
        raise refused(Code.INVALID_ARGUMENTS, ["must be greater than 0: length"])
    if length > _LARGEST:
        raise WebApiError(Code.FILE_UPLOAD_SIZE_RESTRICTED)
    file_id = sandbox.new_id("F")
    ticket = sandbox.uploads.promise(file_id, name, length)
    return {"upload_url": f"{sandbox.url}/upload/{ticket}", "file_id": file_id}


def _complete_upload(sandbox: Sandbox, given: Arguments) -> Json:
    named = _named_files(given)
    channel = _channel(sandbox, given)
    files = [sandbox.uploads.finish(each["id"], each.get("title")) for each in named]
    if channel is not None:
        shared = Message(
            channel=channel,
            ts="",
            user=sandbox.bot_user_id,
            text=given.maybe("initial_comment") or "",
            files=tuple(files),
        )
        sandbox.post(shared)
    return {"files": [described_file(file) for file in files]}


def _named_files(given: Arguments) -> list[Json]:
    named = given.structure("files")
    if not isinstance(named, list) or not named:
        raise refused(Code.INVALID_ARGUMENTS, ["missing required field: files"])
    if not all(isinstance(each, dict) and isinstance(each.get("id"), str) for each in named):
        raise refused(Code.INVALID_ARGUMENTS, ["missing required field: id [json-pointer:/files]"])
    return named


def _channel(sandbox: Sandbox, given: Arguments) -> str | None:
    """Return where the files are shared. They go to no person, and to no channel without the app in it."""
    if given.maybe("channels") or given.structure("blocks") or given.maybe("thread_ts"):
        raise refused(
            Code.INVALID_ARGUMENTS, ["the pretend Slack shares files by channel_id, with an initial_comment"]
        )
    name = given.maybe("channel_id")
    if name is None:
        return None
    if not name.startswith(_CHANNEL_KINDS):
        reason = "input must match regex pattern: ^[CGDZ][A-Z0-9]{8,}$ [json-pointer:/channel_id]"
        raise refused(Code.INVALID_ARGUMENTS, [reason])
    found = destination(sandbox, name)
    if found in sandbox.channels and sandbox.bot_user_id not in sandbox.channels[found].members:
        raise WebApiError(Code.NOT_IN_CHANNEL)
    return found


METHODS = {
    "files.getUploadURLExternal": Method(_get_upload_url, "files:write"),
    "files.completeUploadExternal": Method(_complete_upload, "files:write"),
}
