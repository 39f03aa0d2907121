"""tarmim.toml in the home: what it may say, and clear words when it says something else."""

import pytest

from pipeline.ingest.settings import Settings, SettingsError
from pipeline.storage.home import Home


def test_defaults_without_a_file(home: Home) -> None:
    assert Settings.of(home) == Settings()


def test_the_file_in_the_home_counts(home: Home) -> None:
    (home.root / "tarmim.toml").write_text('[intake]\ntext_column = "body"\nmax_batch_documents = 10\n')
    assert Settings.of(home) == Settings(text_column="body", max_batch_documents=10)


@pytest.mark.parametrize(
    ("content", "fault"),
    [("[intake]\ntext = 1", "text is unknown"), ("[intake]\nmax_batch_bytes = 0", "greater than 0"), ("[intake", "tarmim.toml")],
)
def test_faults_are_named(home: Home, content: str, fault: str) -> None:
    (home.root / "tarmim.toml").write_text(content)
    with pytest.raises(SettingsError, match=fault):
        Settings.of(home)
