"""Settings: what an operator writes is read as meant, or stops the start with what would be right."""

from pathlib import Path

import pytest

from webapp.settings import (
    LONGEST_RUN_DIR,
    Settings,
    WrongSetting,
    describe_settings,
    load_secret_key,
    prepare_home,
)

WRONG = [
    ("PORT", "0"), ("PORT", "65536"), ("PORT", "ocho mil"), ("PORT", "8000.5"),
    ("DATABASE_URL", "mysql://db/aula"), ("DATABASE_URL", "postgresql://db/aula"), ("DATABASE_URL", "aula.sqlite"),
    ("AULA_BROKER_URL", "http://mq.example.org"), ("AULA_KERNELS_URL", "kernels.example.org"),
    ("AULA_KERNELS_URL", "http://a.example.org,ftp://b.example.org"),
    ("AULA_KERNEL_MEMORY_MIB", "2G"), ("AULA_KERNEL_MEMORY_MIB", "64"), ("AULA_KERNEL_MEMORY_MIB", "-1"),
    ("AULA_CELL_TIMEOUT_S", "0"), ("AULA_CELL_TIMEOUT_S", "nan"), ("AULA_CELL_TIMEOUT_S", "inf"),
    ("AULA_SPARE_KERNELS", "65"), ("AULA_MEMORY_RESERVE_MIB", "-1"), ("AULA_MOST_KERNELS", "0"),
    ("AULA_IDLE_KERNEL_S", "5"), ("AULA_SANDBOX", "none"), ("AULA_DEMO", "yes"), ("AULA_METRICS_PUBLIC", "true"),
    ("AULA_TRUSTED_PROXIES", "9"), ("AULA_PUBLIC_URL", "aula.example.org"), ("AULA_MAIL", "sendmail"),
    ("AULA_ANSWER_KIB", "8"), ("AULA_WEB_WORKERS", "0"), ("AULA_WEB_THREADS", "8"), ("AULA_OPEN_STREAMS", "0"),
    ("AULA_RUNNER_THREADS", "0"), ("AULA_GRADERS", "0"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "seen"), WRONG)
def test_a_wrong_value_is_told_with_its_variable_and_what_would_be_right(name: str, seen: str) -> None:
    with pytest.raises(WrongSetting) as wrong:
        Settings.from_env({name: seen})
    accepted = next(accepted for one, accepted, _default, _meaning in describe_settings() if one == name)
    assert wrong.value.name == name
    shown = "(not shown)" if name in ("DATABASE_URL", "AULA_BROKER_URL", "AULA_MAIL") else seen
    assert str(wrong.value) == f'{name} is "{shown}". Use {accepted}.'


@pytest.mark.parametrize("name", ["DATABASE_URL", "AULA_BROKER_URL", "AULA_MAIL", "AULA_SECRET_KEY"])
def test_a_secret_is_not_shown_in_a_complaint(name: str) -> None:
    with pytest.raises(WrongSetting) as wrong:
        Settings.from_env({name: "hunter2"})
    assert "hunter2" not in str(wrong.value)


def test_every_setting_that_can_be_wrong_is_tried_here() -> None:
    """Those that take any text or any path cannot be."""
    free = {"HOST", "AULA_HOME", "AULA_KERNELS_TOKEN", "AULA_KERNEL_PYTHON", "AULA_CONTENT", "AULA_MAIL_FROM"}
    names = {name for name, _accepted, _default, _meaning in describe_settings()}
    assert names - free - {"AULA_SECRET_KEY"} == {name for name, _seen in WRONG}


def test_without_any_setting_the_site_works_on_this_machine() -> None:
    settings = Settings.from_env({})
    assert (settings.host, settings.port, settings.demo) == ("127.0.0.1", 8000, False)
    assert settings.home == Path.cwd() / "instance"
    assert settings.database_url == f"sqlite:///{settings.home / 'aula.sqlite'}"
    assert settings.public_address == "http://127.0.0.1:8000"
    assert settings.kernels == ()


def test_an_empty_value_counts_as_unset() -> None:
    assert Settings.from_env({"PORT": "", "AULA_DEMO": " ", "AULA_KERNELS_URL": ""}) == Settings.from_env({})


def test_values_are_read_as_meant() -> None:
    settings = Settings.from_env(
        {
            "PORT": "9000", "AULA_DEMO": "1", "AULA_CELL_TIMEOUT_S": "2.5",
            "DATABASE_URL": "postgresql+psycopg://aula@db/aula", "AULA_PUBLIC_URL": "https://aula.example.org/",
            "AULA_KERNELS_URL": "http://one.example.org:8888/, https://two.example.org",
        }
    )  # fmt: skip
    assert (settings.port, settings.demo, settings.cell_timeout_s) == (9000, True, 2.5)
    assert settings.database_url == "postgresql+psycopg://aula@db/aula"
    assert settings.public_address == "https://aula.example.org"
    assert settings.kernels == ("http://one.example.org:8888", "https://two.example.org")


def test_the_folder_of_sockets_is_short_however_deep_the_home_is(tmp_path: Path) -> None:
    near = Settings.from_env({"AULA_HOME": "/srv/aula"})
    deep = Settings.from_env({"AULA_HOME": str(tmp_path / ("d" * 80))})
    other = Settings.from_env({"AULA_HOME": str(tmp_path / ("e" * 80))})
    assert near.run_dir == Path("/srv/aula/run")
    assert len(str(deep.run_dir)) <= LONGEST_RUN_DIR
    assert deep.run_dir != other.run_dir


def test_the_home_is_for_its_own_account_only(tmp_path: Path) -> None:
    settings = Settings.from_env({"AULA_HOME": str(tmp_path / "home")})
    prepare_home(settings)
    prepare_home(settings)
    for folder in (settings.home, settings.run_dir, settings.logs_dir):
        assert folder.stat().st_mode & 0o777 == 0o700
    assert (settings.home / "aula.sqlite").stat().st_mode & 0o777 == 0o600


def test_a_folder_of_sockets_that_somebody_else_laid_there_is_refused(tmp_path: Path) -> None:
    settings = Settings.from_env({"AULA_HOME": str(tmp_path / ("d" * 80))})
    settings.run_dir.symlink_to(tmp_path, target_is_directory=True)
    try:
        with pytest.raises(WrongSetting, match="AULA_HOME"):
            prepare_home(settings)
    finally:
        settings.run_dir.unlink()


def test_a_secret_key_is_made_once_and_kept(tmp_path: Path) -> None:
    settings = Settings.from_env({"AULA_HOME": str(tmp_path)})
    key = load_secret_key(settings)
    assert len(key) >= 32
    assert load_secret_key(settings) == key
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600
    assert load_secret_key(Settings.from_env({"AULA_HOME": str(tmp_path), "AULA_SECRET_KEY": "s" * 32})) == "s" * 32
