"""A command that a container or a closed terminal ends tidies up, as after Ctrl-C."""

import signal

_ENDING = (signal.SIGTERM, signal.SIGHUP)


def end_as_by_ctrl_c() -> None:
    """Take SIGTERM and SIGHUP for Ctrl-C, unless the command was started to ignore them (nohup, a shell's &)."""
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        return
    for one in _ENDING:
        if signal.getsignal(one) is signal.SIG_DFL:
            signal.signal(one, lambda *_: signal.raise_signal(signal.SIGINT))
