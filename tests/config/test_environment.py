"""What production refuses to start with, proved by starting it."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from trefoil.config.environment import production_problems, read_environment

SAFE = {
    "TREFOIL_MODE": "production",
    "TREFOIL_SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP",
    "TREFOIL_HOSTS": "trefoil.example",
    "TREFOIL_DATABASE": "sqlite:///none.sqlite3",
    "TREFOIL_FIELD_KEYS": "0123456789abcdefghijklmnopqrstuvwxyz",
    "TREFOIL_PSEUDONYM_KEY": "zyxwvutsrqponmlkjihgfedcba9876543210",
    "TREFOIL_EMAIL": "smtps://user:word@mail.example:465",
}

UNSAFE = [
    ({"TREFOIL_SECRET_KEY": ""}, "TREFOIL_SECRET_KEY"),
    ({"TREFOIL_SECRET_KEY": "short"}, "TREFOIL_SECRET_KEY"),
    ({"TREFOIL_SECRET_KEY": "ab" * 40}, "TREFOIL_SECRET_KEY"),
    ({"TREFOIL_HOSTS": ""}, "TREFOIL_HOSTS"),
    ({"TREFOIL_HOSTS": "trefoil.example,*"}, "TREFOIL_HOSTS"),
    ({"TREFOIL_DATABASE": ""}, "TREFOIL_DATABASE"),
    ({"TREFOIL_FIELD_KEYS": ""}, "TREFOIL_FIELD_KEYS"),
    ({"TREFOIL_FIELD_KEYS": "0123456789abcdefghijklmnopqrstuvwxyz,short"}, "TREFOIL_FIELD_KEYS"),
    ({"TREFOIL_PSEUDONYM_KEY": ""}, "TREFOIL_PSEUDONYM_KEY"),
    ({"TREFOIL_PSEUDONYM_KEY": "too-short-to-keep"}, "TREFOIL_PSEUDONYM_KEY"),
    ({"TREFOIL_PSEUDONYM_KEY": "a" * 64}, "TREFOIL_PSEUDONYM_KEY"),
    ({"TREFOIL_PSEUDONYM_KEY": "0123456789abcdefghijklmnopqrstuvwxyz"}, "a key of its own"),
    ({"TREFOIL_EMAIL": ""}, "TREFOIL_EMAIL"),
    ({"TREFOIL_EMAIL": "smtp://mail.example:25"}, "in the clear"),
    ({"TREFOIL_DEBUG": "yes"}, "TREFOIL_DEBUG"),
    ({"TREFOIL_INSECURE_HTTP": "yes"}, "TREFOIL_INSECURE_HTTP"),
]


def started(variables: dict[str, str], *ask: str) -> subprocess.CompletedProcess[str]:
    """Start the project anew with these variables alone."""
    environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "trefoil.config.settings", **variables}
    command = [sys.executable, *(ask or ("manage.py", "check", "--deploy", "--fail-level", "WARNING"))]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_safe_production_starts_without_a_warning(tmp_path):
    ran = started(SAFE | {"TREFOIL_HOME": str(tmp_path)})
    assert ran.returncode == 0, ran.stderr


def test_nothing_said_is_production_and_refuses():
    ran = started({})
    assert ran.returncode != 0
    for name in ("SECRET_KEY", "HOSTS", "DATABASE", "FIELD_KEYS", "EMAIL"):
        assert f"TREFOIL_{name}" in ran.stderr
    assert ran.stderr.startswith("Trefoil will not start in production:")


@pytest.mark.parametrize(("change", "named"), UNSAFE)
def test_each_unsafe_setting_is_refused_and_named_alone(change, named):
    with pytest.raises(ImproperlyConfigured) as refusal:
        read_environment(SAFE | change)
    words = str(refusal.value)
    assert words.count("\n- ") == 1
    assert named in words


@pytest.mark.parametrize(
    "change",
    [
        {"TREFOIL_HOSTS": "*"},
        {"TREFOIL_SECOND_FACTOR": "perhaps"},
        {"TREFOIL_PROXIES": "yes"},
        {"TREFOIL_EMAIL": "mail.example"},
        {"TREFOIL_OIDC_ISSUER": "https://login.example"},
        {
            "TREFOIL_OIDC_NAME": "Council",
            "TREFOIL_OIDC_ISSUER": "http://login.example",
            "TREFOIL_OIDC_CLIENT_ID": "trefoil",
            "TREFOIL_OIDC_CLIENT_SECRET": "word",
        },
        {"TREFOIL_OIDC_SECOND_FACTOR": "email=yes"},
    ],
)
def test_unsafe_setting_stops_the_real_program(change, tmp_path):
    ran = started(SAFE | change | {"TREFOIL_HOME": str(tmp_path)})
    assert ran.returncode != 0
    assert f"{next(iter(change)).rsplit('_', 1)[0]}" in ran.stderr


def test_demo_is_not_served_to_other_machines(tmp_path):
    ran = started({"TREFOIL_MODE": "demo", "TREFOIL_HOSTS": "trefoil.example", "TREFOIL_HOME": str(tmp_path)})
    assert ran.returncode != 0
    assert "the demo is served on this machine alone" in ran.stderr


def test_production_settings_a_browser_sees(tmp_path):
    ask = (
        "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME,"
        "s.SESSION_COOKIE_SECURE,"
        "s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS >= 31536000, s.SECURE_SSL_REDIRECT, s.SECOND_FACTOR_REQUIRED,"
        "s.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN, s.SECURE_PROXY_SSL_HEADER, s.DEBUG, s.DEMO, s.PUBLIC_ADDRESS)"
    )
    ran = started(SAFE | {"TREFOIL_HOME": str(tmp_path)}, "-c", ask)
    expected = "__Host-session __Host-csrf True True True True True False None False False https://trefoil.example"
    assert ran.stdout.split() == expected.split()


def test_proxy_is_believed_only_where_one_is_said_to_be():
    assert read_environment(SAFE).proxies == 0
    assert read_environment(SAFE | {"TREFOIL_PROXIES": "1"}).proxies == 1


@pytest.mark.parametrize("mode", ["demo", "test"])
def test_second_factor_is_optional_outside_production_unless_required(mode, tmp_path):
    variables = {"TREFOIL_MODE": mode, "TREFOIL_HOME": str(tmp_path)}
    assert not read_environment(variables).second_factor_required
    assert read_environment(variables | {"TREFOIL_SECOND_FACTOR": "required"}).second_factor_required
    assert read_environment(SAFE).second_factor_required
    assert not read_environment(SAFE | {"TREFOIL_SECOND_FACTOR": "optional"}).second_factor_required


def test_demo_makes_its_own_key_and_keeps_it_to_itself(tmp_path):
    variables = {"TREFOIL_MODE": "demo", "TREFOIL_HOME": str(tmp_path)}
    first = read_environment(variables).secret_key
    assert read_environment(variables).secret_key == first
    assert len(first) > 50
    assert (tmp_path / "demo-secret").stat().st_mode & 0o077 == 0


def test_problems_are_production_s_alone(tmp_path):
    assert production_problems(read_environment({"TREFOIL_MODE": "demo", "TREFOIL_HOME": str(tmp_path)})) == []


def test_unknown_mode_is_refused():
    with pytest.raises(ImproperlyConfigured, match="TREFOIL_MODE"):
        read_environment({"TREFOIL_MODE": "live"})
