"""The wheel carries all that is needed: installed elsewhere, far from the repository, it does the main job."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from importlib.metadata import version

import pytest

from tests.assets.conftest import ROOT, ask

pytestmark = pytest.mark.slow
PACKAGES = ("pipeline", "assets", "sql")


def test_the_wheel_does_the_main_job_without_the_repository(tmp_path, examples):
    if int(version("setuptools").split(".")[0]) < 77:
        pytest.skip("needs setuptools 77 or newer, which `make` installs")
    source = tmp_path / "source"
    for name in PACKAGES:
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, source)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    build = [*pip, "wheel", str(source), "--no-deps", "--no-build-isolation", "-w", str(tmp_path)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())
    assert {p.relative_to(ROOT).as_posix() for n in PACKAGES for p in (ROOT / n).rglob("*") if is_ours(p)} <= packed

    # The dependencies are seen, the repository's own editable installation is not: .pth files in a .pth's folder do not count.
    place = tmp_path / "an environment"
    venv.create(place, with_pip=False)
    python = place / "bin" / "python"
    site = next((place / "lib").glob("python*/site-packages"))
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    subprocess.run([*pip, "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)], check=True, capture_output=True)

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    clean = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "TARMIM_HOME", "DAGSTER_HOME")}
    where = subprocess.run([python, "-c", "import pipeline; print(pipeline.__file__)"], cwd=elsewhere, env=clean, capture_output=True, text=True)
    assert where.stdout.startswith(str(site))
    done = subprocess.run([place / "bin" / "tarmim", "run", examples / "gao-attack.txt"], cwd=elsewhere, env=clean, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert ask(elsewhere / "tarmim-home", "SELECT count(*) FROM documents") == [(1,)]


def is_ours(path):
    return path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
