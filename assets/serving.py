"""`tarmim ui`: webserver and daemon on localhost over one home, and a clean start."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from filelock import FileLock, Timeout

from assets.instance import mark_dead_runs, prepare_home
from pipeline.errors import UserError


def serve(root: Path, port: int) -> int:
    """Run webserver and daemon until one of them ends or the user interrupts; returns an exit status.

    Raises UserError when another `tarmim ui` serves the same home.
    """
    home = prepare_home(root)
    lock = FileLock(home.locks / "ui.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise UserError(f"{home.root}: another `tarmim ui` is serving this home; stop it or choose another --home") from None
    with lock:
        mark_dead_runs(home, daemon_is_down=True)
        return _attend(_start(home.dagster, home.root, port), port)


def _start(dagster_home: Path, root: Path, port: int) -> list[subprocess.Popen[bytes]]:
    environment = {**os.environ, "DAGSTER_HOME": str(dagster_home), "TARMIM_HOME": str(root)}
    module = ["-m", "assets.definitions"]
    commands = [
        [_program("dagster-webserver"), "-h", "127.0.0.1", "-p", str(port), *module],
        [_program("dagster-daemon"), "run", *module],
    ]
    return [subprocess.Popen(command, env=environment, cwd=root) for command in commands]


def _program(name: str) -> str:
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        raise UserError(f"{name} is not installed beside {sys.executable}; install Tarmim with its requirements")
    return found


def _attend(processes: list[subprocess.Popen[bytes]], port: int) -> int:
    sys.stderr.write(f"Dagster UI on http://127.0.0.1:{port} (Ctrl-C stops it)\n")
    # Also when SIGINT is ignored, as it is in a shell's background job.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        while all(p.poll() is None for p in processes):
            time.sleep(0.5)
    except KeyboardInterrupt:
        pass
    for process in processes:
        process.terminate()
    return max(abs(p.wait()) if p.returncode not in (0, -signal.SIGTERM) else 0 for p in processes)
