"""Samples are loaded apart, so that the servers forked afterwards can print."""

import os
import signal
import subprocess
import sys
import textwrap

import pytest

from gongjiang.cli.apart import apart


def test_it_answers_for_the_process_apart() -> None:
    assert apart(lambda: os.getpid() > 0) is True
    assert apart(lambda: False) is False


def test_what_fails_there_ends_here(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        apart(lambda: bool(1 // 0))
    assert ended.value.code == 1
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_a_signal_to_stop_is_handed_on_and_what_was_begun_is_undone(capfd: pytest.CaptureFixture[str]) -> None:
    here = os.getpid()

    def work() -> bool:
        try:
            os.kill(here, signal.SIGINT)
            while True:  # a signal may come before anything that waits for it
                os.getpid()
        except BaseException:
            os.kill(os.getpid(), signal.SIGINT)  # a second one does not disturb
            print("undone", flush=True)
            raise
        return True

    # What is run in the background of a shell is born deaf to this signal.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            apart(work)
    finally:
        signal.signal(signal.SIGINT, before)
    assert capfd.readouterr().out == "undone\n"


def test_servers_can_print_after_samples_have_been() -> None:
    code = """
        import os
        from gongjiang.cli.apart import apart
        from gongjiang.documents.layout import Sheet
        from gongjiang.documents.pdf import render_pdf
        prints = lambda: render_pdf(Sheet("表", ())).startswith(b"%PDF")
        assert apart(prints)
        assert apart(prints)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], timeout=60, check=False)
    assert done.returncode == 0
