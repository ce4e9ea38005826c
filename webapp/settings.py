"""Everything an operator can set, one line each. `docs/operating.md` is generated from this table."""

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
# The longest path that a unix socket may have is 107 bytes; names inside the folder need some of them.
LONGEST_RUN_DIR = 72


class WrongSetting(Exception):
    """A setting that cannot be used. The message names the variable, the value seen and the values accepted."""

    def __init__(self, name: str, seen: str, accepted: str) -> None:
        super().__init__(f'{name} is "{seen}". Use {accepted}.')
        self.name, self.seen, self.accepted = name, seen, accepted


@dataclass(frozen=True)
class Kind:
    """How a setting's text becomes a value; `parse` raises ValueError on what it does not accept."""

    parse: Callable[[str], Any]
    accepted: str


def whole(least: int, most: int, unit: str = "") -> Kind:
    def parse(text: str) -> int:
        if not least <= (value := int(text)) <= most:
            raise ValueError(text)
        return value

    return Kind(parse, f"a whole number{f' of {unit}' if unit else ''} from {least} to {most}")


def number(least: float, most: float, unit: str) -> Kind:
    def parse(text: str) -> float:
        if not least <= (value := float(text)) <= most:
            raise ValueError(text)
        return value

    return Kind(parse, f"a number of {unit} from {least:g} to {most:g}, for example {max(least, 30):g}")


def one_of(*choices: str) -> Kind:
    def parse(text: str) -> str:
        if text not in choices:
            raise ValueError(text)
        return text

    return Kind(parse, " or ".join(choices))


def address(*schemes: str, example: str) -> Kind:
    def parse(text: str) -> str:
        if urlsplit(text).scheme not in schemes:
            raise ValueError(text)
        return text

    return Kind(parse, f"an address such as {example}")


def addresses(example: str) -> Kind:
    one = address("http", "https", example=example)

    def parse(text: str) -> tuple[str, ...]:
        return tuple(one.parse(part.strip()).rstrip("/") for part in text.split(",") if part.strip())

    return Kind(parse, f"one or more addresses with commas between, such as {example}")


def parse_switch(text: str) -> bool:
    return {"0": False, "1": True}[text]


def parse_mail(text: str) -> str:
    if text not in ("console", "file") and urlsplit(text).scheme not in ("smtp", "smtps"):
        raise ValueError(text)
    return text


def parse_secret(text: str) -> str:
    if len(text) < 32:
        raise ValueError(text)
    return text


SWITCH = Kind(parse_switch, "0 or 1")
FOLDER = Kind(lambda text: Path(text).expanduser().absolute(), "a path")
TEXT = Kind(str, "any text")
MAIL = Kind(parse_mail, "console, file, or an address such as smtp://user:password@mail.example.org:587")
SECRET = Kind(parse_secret, "at least 32 characters that nobody can guess")
DATABASE = address("sqlite", "postgresql+psycopg", example="postgresql+psycopg://aula:secret@db.example.org/aula")
BROKER = address(
    "amqp", "amqps", "redis", "rediss", "redis+socket", "filesystem", example="amqp://aula:secret@mq.example.org//"
)  # fmt: skip
WEB_ADDRESS = address("http", "https", example="https://aula.example.org")


def setting(name: str, kind: Kind, default: str, meaning: str, *, is_secret: bool = False) -> Any:
    """A field of Settings: its variable, how its text is read, what holds when it is unset, and what it means."""
    described = {"name": name, "kind": kind, "default": default, "meaning": meaning, "is_secret": is_secret}
    return field(metadata=described)


@dataclass(frozen=True)
class Settings:
    """The settings in force. Made by `from_env` only; empty texts mean "decide by yourself"."""

    # fmt: off
    host: str = setting("HOST", TEXT, "127.0.0.1", "Address that the site listens on.")
    port: int = setting("PORT", whole(1, 65535), "8000", "Port that the site listens on.")
    home: Path = setting("AULA_HOME", FOLDER, "instance", "Folder of the database, the secret key, uploads, mail files and logs.")
    database: str = setting("DATABASE_URL", DATABASE, "", "Database; by default SQLite in AULA_HOME.", is_secret=True)
    broker: str = setting("AULA_BROKER_URL", BROKER, "", "Broker of the jobs; by default one of our own starts with the site.", is_secret=True)
    kernels: tuple[str, ...] = setting("AULA_KERNELS_URL", addresses("http://kernels.example.org:8888"), "", "Jupyter gateways elsewhere; by default one of our own starts with the site.")
    kernels_token: str = setting("AULA_KERNELS_TOKEN", TEXT, "", "Token of the gateways in AULA_KERNELS_URL.", is_secret=True)
    kernel_memory_mib: int = setting("AULA_KERNEL_MEMORY_MIB", whole(128, 1_048_576, "mebibytes"), "1024", "Memory that one kernel may use.")
    spare_kernels: int = setting("AULA_SPARE_KERNELS", whole(0, 64), "2", "Kernels that wait, contained, for whoever asks next; each takes about 16 MiB.")
    memory_reserve_mib: int = setting("AULA_MEMORY_RESERVE_MIB", whole(0, 1_048_576, "mebibytes"), "0", "Memory that kernels leave to the site and the system; 0 is a tenth of all, at least 256 and at most 2048.")
    most_kernels: int = setting("AULA_MOST_KERNELS", whole(1, 100_000), "300", "Kernels that may be awake at the same time on this machine; beyond it idle ones rest, then learners wait in line.")
    cell_timeout_s: float = setting("AULA_CELL_TIMEOUT_S", number(1, 3600, "seconds"), "30", "Time that one cell may run.")
    idle_kernel_s: int = setting("AULA_IDLE_KERNEL_S", whole(10, 604_800, "seconds"), "1800", "A kernel that nobody uses for so long is put to rest.")
    sandbox: str = setting("AULA_SANDBOX", one_of("any", "namespaces", "container"), "any", "Grade of sandbox that learner code must run in; any takes the best that this machine allows.")
    kernel_python: Path = setting("AULA_KERNEL_PYTHON", FOLDER, str(ROOT / ".venv-kernel" / "bin" / "python"), "Python whose packages learners may import.")
    content: Path = setting("AULA_CONTENT", FOLDER, str(ROOT / "courses" / "content"), "Folder of the courses and datasets.")
    demo: bool = setting("AULA_DEMO", SWITCH, "0", "1 makes the demo school; `make run` sets it.")
    trusted_proxies: int = setting("AULA_TRUSTED_PROXIES", whole(0, 8), "0", "How many proxies of yours stand before the site and set X-Forwarded headers.")
    public_url: str = setting("AULA_PUBLIC_URL", WEB_ADDRESS, "", "Address that links in mails begin with; by default http://HOST:PORT.")
    secret_key: str = setting("AULA_SECRET_KEY", SECRET, "", "Key that signs forms and links; by default a random one is kept in AULA_HOME.", is_secret=True)
    mail: str = setting("AULA_MAIL", MAIL, "file", "How mail leaves: console prints it, file writes it to AULA_HOME/mail, smtp:// sends it.", is_secret=True)
    mail_from: str = setting("AULA_MAIL_FROM", TEXT, "Aula Abierta <aula@localhost>", "Sender of the mails.")
    answer_kib: int = setting("AULA_ANSWER_KIB", whole(16, 4096, "kibibytes"), "256", "Largest text of one cell.")
    web_workers: int = setting("AULA_WEB_WORKERS", whole(1, 64), "1", "Processes that serve pages.")
    web_threads: int = setting("AULA_WEB_THREADS", whole(16, 1024), "128", "Threads of each of them; an open stream holds one.")
    open_streams: int = setting("AULA_OPEN_STREAMS", whole(1, 1000), "96", "Streams that one process keeps open; beyond it, pages ask again by themselves.")
    runner_threads: int = setting("AULA_RUNNER_THREADS", whole(1, 512), "48", "Cells that may run at the same time.")
    graders: int = setting("AULA_GRADERS", whole(1, 64), "2", "Answers that may be graded at the same time.")
    metrics_public: bool = setting("AULA_METRICS_PUBLIC", SWITCH, "0", "1 serves /metrics to everybody; 0 only to this machine.")
    # fmt: on

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> "Settings":
        """The settings that an environment states. Raises: WrongSetting. An empty value counts as unset."""
        return cls(**{one.name: read_setting(one.metadata, environ) for one in fields(cls)})

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{self.home / 'aula.sqlite'}"

    @property
    def public_address(self) -> str:
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def run_dir(self) -> Path:
        """Folder of sockets and of what the processes tell each other; its path is short enough for a socket."""
        inside = self.home / "run"
        if len(str(inside)) <= LONGEST_RUN_DIR:
            return inside
        return Path(gettempdir()) / f"aula-{sha256(str(self.home).encode()).hexdigest()[:12]}"

    @property
    def logs_dir(self) -> Path:
        return self.home / "logs"


def read_setting(described: Mapping[str, Any], environ: Mapping[str, str]) -> Any:
    kind: Kind = described["kind"]
    text = environ.get(described["name"], "").strip() or described["default"]
    if not text:
        return kind.parse("") if kind.accepted.startswith("one or more") else ""
    try:
        return kind.parse(text)
    except (ValueError, KeyError):
        seen = "(not shown)" if described["is_secret"] else text
        raise WrongSetting(described["name"], seen, kind.accepted) from None


def describe_settings() -> tuple[tuple[str, str, str, str], ...]:
    """Name, accepted values, default and meaning of every setting, in the order of the table."""
    return tuple(
        (one.metadata["name"], one.metadata["kind"].accepted, one.metadata["default"].replace(f"{ROOT}/", ""),
         one.metadata["meaning"])
        for one in fields(Settings)
    )  # fmt: skip


def prepare_home(settings: Settings) -> None:
    """Make the folders that the site writes to, readable by its own account only."""
    for folder in (settings.home, settings.run_dir, settings.logs_dir):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # A folder under /tmp could have been laid there by somebody else.
    if settings.run_dir.is_symlink() or settings.run_dir.owner() != settings.home.owner():
        raise WrongSetting(
            "AULA_HOME", str(settings.home), f"a shorter path: {settings.run_dir} belongs to somebody else"
        )
    settings.run_dir.chmod(0o700)
    scheme, _, path = settings.database_url.partition(":///")
    if scheme == "sqlite":
        # SQLite would make it readable for everybody; the files beside it take after it.
        Path(path).touch(mode=0o600)


def load_secret_key(settings: Settings) -> str:
    """The key that signs forms and links: the one that is set, or the one kept in AULA_HOME, made at first use."""
    if settings.secret_key:
        return settings.secret_key
    path = settings.home / "secret-key"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text().strip()
