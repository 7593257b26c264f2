"""Something done in a process of its own, before servers are forked."""

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from gongjiang.kernel.errors import GongjiangError

YES: Final = 0
FAILED: Final = 1
NO: Final = 3
STOPPED: Final = 130
"""What the process says at its end."""
TO_STOP: Final = (signal.SIGINT, signal.SIGTERM)
PAUSE: Final = 0.05
"""Seconds."""


def apart(work: Callable[[], bool]) -> bool:
    """What `work` says, done in a process of its own: it prints forms, and the compiler of forms doesn't outlive a
    fork, so that servers forked from whoever has printed would wait for ever at their first print.

    Stopping this process stops that one, which undoes what it has begun; KeyboardInterrupt then. Open connections
    of a database are to be closed before.
    """
    sys.stdout.flush()
    signal.pthread_sigmask(signal.SIG_BLOCK, TO_STOP)  # till each of the two knows what to do then
    pid = os.fork()
    if pid == 0:
        os._exit(_told(work))
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, TO_STOP)
        code = _ended(pid)
    except KeyboardInterrupt:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
        _ended(pid)
        raise
    if code == STOPPED:
        raise KeyboardInterrupt
    if code not in (YES, NO):
        raise SystemExit(1)
    return code == YES


def _ended(pid: int) -> int:
    """How it ended. Looked at now and then: a signal that comes just before one waits would not wake whoever waits."""
    while True:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(PAUSE)


def _told(work: Callable[[], bool]) -> int:
    """The answer as an exit code. The first signal to stop is obeyed, further ones don't disturb the tidying up."""
    for one in TO_STOP:
        signal.signal(one, _stop_once)
    code = FAILED
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, TO_STOP)
        code = YES if work() else NO
    except KeyboardInterrupt:
        code = STOPPED
    except GongjiangError as error:
        print(error, file=sys.stderr)
    except BaseException:  # whatever it is, this process must not go on as the other one
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def _stop_once(*_: object) -> None:
    for one in TO_STOP:
        signal.signal(one, signal.SIG_IGN)
    raise KeyboardInterrupt
