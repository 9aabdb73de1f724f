"""What the settings accept, what they refuse, and that each is documented."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from selfcheck.config.settings import ROOT, Environment, Settings
from selfcheck.config.unsafe import UnsafeSetting

GOOD_SECRET = "vK3x9Qw7Lr2mZp8Ty5Nc4Hd6Bf1Js0GaUe"
PRODUCTION = {
    "SELFCHECK_ENV": "production",
    "SELFCHECK_SECRET_KEY": GOOD_SECRET,
    "SELFCHECK_HOSTS": "selbstcheck.example.de",
    "SELFCHECK_MAIL_SERVER": "mail.example.de",
    "SELFCHECK_MAIL_SENDER": "selbstcheck@example.de",
}


class Recorder(Mapping[str, str]):
    """An environment that remembers which settings were asked for."""

    def __init__(self, values: dict[str, str]) -> None:
        self.values_by_name = values
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        return self.values_by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_by_name)

    def __len__(self) -> int:
        return len(self.values_by_name)


def read(folder: Path, **environ: str) -> Settings:
    return Settings.from_environment({"SELFCHECK_DATA": str(folder), **environ})


def read_in_production(folder: Path, **environ: str) -> Settings:
    return read(folder, **{**PRODUCTION, **environ})


def test_defaults_serve_this_machine_only(tmp_path: Path) -> None:
    settings = read(tmp_path)
    assert (settings.host, settings.port, settings.proxies) == ("127.0.0.1", 8000, 0)
    assert settings.environment is Environment.DEVELOPMENT
    assert settings.database_url == f"sqlite:///{tmp_path}/selfcheck.sqlite3"
    assert settings.as_flask_config()["SESSION_COOKIE_SECURE"] is False


def test_data_folder_is_made_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"
    assert read(folder).data == folder
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_secret_is_made_once_and_kept_private(tmp_path: Path) -> None:
    first, second = read(tmp_path).secret_key, read(tmp_path).secret_key
    assert first == second
    assert len(first) >= 32
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["secret-key"]


def test_workers_that_start_together_share_one_secret(tmp_path: Path) -> None:
    found: list[str] = []
    together = threading.Barrier(8)

    def start() -> None:
        together.wait()
        found.append(read(tmp_path).secret_key)

    workers = [threading.Thread(target=start) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_empty_secret_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret-key").touch()
    with pytest.raises(UnsafeSetting, match="secret-key ist nicht lesbar oder leer"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("secret", "complaint"),
    [
        ("", "SELFCHECK_SECRET_KEY fehlt"),
        ("   ", "SELFCHECK_SECRET_KEY fehlt"),
        ("kurz", "SELFCHECK_SECRET_KEY hat weniger als 32 Zeichen"),
        ("a" * 64, "SELFCHECK_SECRET_KEY ist zu leicht zu erraten"),
        ("changeme" * 5, "SELFCHECK_SECRET_KEY ist zu leicht zu erraten"),
        ("0123456789abcdef" * 3, "SELFCHECK_SECRET_KEY ist zu leicht zu erraten"),
        ("Please-Change-Me-before-2026-go-live!", "Darin steht „changeme“"),
        ("unser-geheimer-Schluessel-im-Rathaus-1", "Darin steht „geheim“"),
    ],
)
def test_production_refuses_a_weak_secret(tmp_path: Path, secret: str, complaint: str) -> None:
    with pytest.raises(UnsafeSetting, match=complaint):
        read_in_production(tmp_path, SELFCHECK_SECRET_KEY=secret)
    assert not (tmp_path / "secret-key").exists()


def test_production_keeps_its_cookie_on_https(tmp_path: Path) -> None:
    config = read_in_production(tmp_path).as_flask_config()
    assert config["SECRET_KEY"] == GOOD_SECRET
    assert config["SESSION_COOKIE_SECURE"] is True
    assert config["SESSION_COOKIE_HTTPONLY"] is True
    assert config["SESSION_COOKIE_SAMESITE"] == "Lax"


@pytest.mark.parametrize("flag", ["1", "true", "on"])
def test_production_refuses_debugging(tmp_path: Path, flag: str) -> None:
    with pytest.raises(UnsafeSetting, match="FLASK_DEBUG"):
        read_in_production(tmp_path, FLASK_DEBUG=flag)
    assert read_in_production(tmp_path, FLASK_DEBUG="0").environment is Environment.PRODUCTION


def test_production_always_counts_attempts(tmp_path: Path) -> None:
    assert read(tmp_path, SELFCHECK_THROTTLE="0").as_flask_config()["THROTTLE"] is False
    assert read_in_production(tmp_path).as_flask_config()["THROTTLE"] is True
    with pytest.raises(UnsafeSetting, match="SELFCHECK_THROTTLE"):
        read_in_production(tmp_path, SELFCHECK_THROTTLE="0")


def test_production_sends_mails_and_only_under_its_own_name(tmp_path: Path) -> None:
    for name in ("SELFCHECK_HOSTS", "SELFCHECK_MAIL_SERVER", "SELFCHECK_MAIL_SENDER"):
        with pytest.raises(UnsafeSetting, match=name):
            read_in_production(tmp_path, **{name: ""})


def test_production_gives_no_mail_to_another_machine_in_the_open(tmp_path: Path) -> None:
    with pytest.raises(UnsafeSetting, match="SELFCHECK_MAIL_TLS"):
        read_in_production(tmp_path, SELFCHECK_MAIL_TLS="none")
    here = read_in_production(tmp_path, SELFCHECK_MAIL_TLS="none", SELFCHECK_MAIL_SERVER="localhost")
    assert here.as_flask_config()["MAIL_PORT"] == 25


@pytest.mark.parametrize(("way", "port", "tls", "ssl"), [("starttls", 587, True, False), ("tls", 465, False, True)])
def test_mails_are_encrypted_on_the_usual_port(tmp_path: Path, way: str, port: int, tls: bool, ssl: bool) -> None:
    config = read_in_production(tmp_path, SELFCHECK_MAIL_TLS=way).as_flask_config()
    assert (config["MAIL_PORT"], config["MAIL_USE_TLS"], config["MAIL_USE_SSL"]) == (port, tls, ssl)


def test_data_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UnsafeSetting, match=r"/file/data kann nicht geschrieben werden.*SELFCHECK_DATA"):
        read(tmp_path / "file" / "data")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SELFCHECK_ENV", "prod"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "achttausend"),
        ("PORT", "²"),
        ("SELFCHECK_WORKERS", "0"),
        ("SELFCHECK_THREADS", "0"),
        ("SELFCHECK_THREADS", "65"),
        ("SELFCHECK_PROXIES", "-1"),
        ("SELFCHECK_THROTTLE", "nein"),
        ("SELFCHECK_LEGAL", "/gibt/es/nicht"),
        ("SELFCHECK_MAIL_PORT", "0"),
        ("SELFCHECK_MAIL_TLS", "ja"),
        ("SELFCHECK_MAIL_SENDER", "Stadt Musterstadt"),
        ("SELFCHECK_MAIL_USER", "selbstcheck"),
        ("SELFCHECK_MAIL_PASSWORD", "geheim"),
        ("SELFCHECK_QUESTIONNAIRES", "/gibt/es/nicht"),
        ("DATABASE_URL", "mysql://localhost/selfcheck"),
        ("DATABASE_URL", "selfcheck.sqlite3"),
    ],
)
def test_wrong_setting_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(UnsafeSetting, match=name):
        read(tmp_path, **{name: value})


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_is_reached_by_the_installed_driver(tmp_path: Path, scheme: str) -> None:
    url = read(tmp_path, DATABASE_URL=f"{scheme}://u:p@db/selfcheck").database_url
    assert url == "postgresql+psycopg://u:p@db/selfcheck"


def test_secrets_do_not_show_when_settings_are_printed(tmp_path: Path) -> None:
    login = {"SELFCHECK_MAIL_USER": "u", "SELFCHECK_MAIL_PASSWORD": "geheim"}
    printed = repr(read_in_production(tmp_path, DATABASE_URL="postgresql://u:geheim@db/selfcheck", **login))
    assert GOOD_SECRET not in printed
    assert "geheim" not in printed


def test_every_setting_is_documented_and_no_other(tmp_path: Path) -> None:
    environ = Recorder({"SELFCHECK_DATA": str(tmp_path)})
    Settings.from_environment(environ)
    documented = re.findall(r"^\| `(\w+)` \|", (ROOT / "docs" / "configuration.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(documented) == sorted(environ.asked)


def test_a_command_tells_an_unsafe_setting_in_one_line(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "mail", "--help"],
        cwd=ROOT,
        env={**os.environ, "SELFCHECK_DATA": str(tmp_path), "PORT": "no number"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert "PORT" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1
