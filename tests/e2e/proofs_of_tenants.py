"""What a company's data is safe from: tried with the users and passwords that its processes have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from e2e.proofs import Look, Proof
from e2e.stack import Stack

CENTRAL = "kmmotos_central"
READING = "SELECT count(*) FROM sales"
WRITING = {
    "writes rows": "INSERT INTO sales (what) VALUES ('')",
    "changes rows": "UPDATE sales SET what = what",
    "deletes rows": "DELETE FROM sales",
    "empties tables": "TRUNCATE sales",
    "makes tables": "CREATE TABLE intruder (id int)",
    "drops tables": "DROP TABLE sales",
}
# Tries statements in databases, as one user: `database<TAB>statement` a line, and `yes` or `no` a line back.
TRY = """\
PGPASSWORD="$(cat "$1")" PATH="/usr/lib/postgresql/15/bin:$PATH" && export PGPASSWORD PATH
while IFS="$(printf '\\t')" read -r database statement; do
  if psql -X -q -w -h postgres -U "$2" -d "$database" -c "BEGIN; $statement; ROLLBACK" </dev/null >/dev/null 2>&1; then
    echo yes
  else
    echo no
  fi
done
"""


def proofs(tenants: Iterable[str]) -> Iterator[Proof]:
    """Yields what holds for each tenant of an environment, and for the central one."""
    tenants = tuple(tenants)
    for tenant in tenants:
        yield Proof(f"{tenant} enters no other database", enters_no_other(tenant), enters_its_own(tenant))
        yield Proof(f"{tenant}'s application changes no structure", changes_no_structure(tenant), migrates(tenant))
    yield Proof("central writes in no company's database", writes_nowhere(tenants), reads_everywhere(tenants))
    yield Proof("redis takes nothing that is not the application's", foreign_keys, own_keys)
    yield Proof("redis answers nobody without a name", anonymous, by_name)


def database(tenant: str) -> str:
    """Names a tenant's database, as stancl's package does."""
    return f"tenant{tenant}"


def enters_no_other(tenant: str) -> Look:
    """Tries every other database of the server, also those that are nobody's, with each of its users."""

    def look(stack: Stack) -> list[str]:
        others = [name for name in databases(stack) if name != database(tenant)]
        assert {"postgres", "template1", CENTRAL} <= set(others)
        tries = [(name, "SELECT 1") for name in others]
        return [
            f"{user} enters {name}"
            for user, secret, service in _users(tenant)
            for name, statement in done(stack, service, user, secret, tries)
        ]

    return look


def enters_its_own(tenant: str) -> Look:
    """Tries the same with its own database."""
    return lambda stack: [
        f"{user} does not enter its own database"
        for user, secret, service in _users(tenant)
        if not done(stack, service, user, secret, [(database(tenant), "SELECT 1")])
    ]


def changes_no_structure(tenant: str) -> Look:
    """Tries it as the user that serves requests."""
    user, secret, service = next(_users(tenant))
    tries = [(database(tenant), WRITING[what]) for what in ("makes tables", "drops tables")]
    return lambda stack: [f"{user}: {statement}" for _, statement in done(stack, service, user, secret, tries)]


def migrates(tenant: str) -> Look:
    """Tries the same as the user of the migration."""
    _, (user, secret, service) = _users(tenant)
    tries = [(database(tenant), WRITING[what]) for what in ("makes tables", "drops tables")]
    return lambda stack: [f"{user} cannot: {t[1]}" for t in tries if t not in done(stack, service, user, secret, tries)]


def writes_nowhere(tenants: Iterable[str]) -> Look:
    """Tries every way of writing in every company's database as the central tenant."""
    tries = [(database(tenant), statement) for tenant in tenants for statement in WRITING.values()]
    return lambda stack: [f"central in {name}: {statement}" for name, statement in _as_central(stack, tries)]


def reads_everywhere(tenants: Iterable[str]) -> Look:
    """Tries to read there, and to write at home."""
    tries = [(database(tenant), READING) for tenant in tenants] + [(CENTRAL, WRITING["writes rows"])]
    return lambda stack: [f"central cannot in {t[0]}: {t[1]}" for t in tries if t not in _as_central(stack, tries)]


def foreign_keys(stack: Stack) -> list[str]:
    """Tries what would touch, find or take what is somebody else's, as the application's user."""
    tries = ("SET other:key 1", "GET other:key", "KEYS *", "SCAN 0", "RANDOMKEY", "DBSIZE", "FLUSHALL", "CONFIG GET *")
    return [command for command in tries if not _redis(stack, command).startswith("NOPERM")]


def own_keys(stack: Stack) -> list[str]:
    """Tries keys of its own."""
    key = f"kmmotos:{stack.project.environment}:backend:proof"
    answers = {command: _redis(stack, command) for command in (f"SET {key} 1", f"GET {key}", f"DEL {key}")}
    return [f"{command}: {answer}" for command, answer in answers.items() if answer not in ("OK", "1")]


def anonymous(stack: Stack) -> list[str]:
    """Asks without a name."""
    answer = stack.run("backend", "redis-cli", "-h", "redis", "PING").stdout.strip()
    return [] if answer.startswith("NOAUTH") else [answer]


def by_name(stack: Stack) -> list[str]:
    """Asks the same as the application."""
    answer = _redis(stack, "PING")
    return [] if answer == "PONG" else [answer]


def databases(stack: Stack) -> list[str]:
    """Lists all databases of the server, as its administrator."""
    question = ("-Atc", "SELECT datname FROM pg_database WHERE datallowconn ORDER BY datname")
    return stack.run("postgres", "psql", "-X", "-U", "kmmotos_admin", "-d", "postgres", *question).stdout.split()


def done(stack: Stack, service: str, user: str, secret: str, tries: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Returns those statements that a user could carry out; each is taken back."""
    lines = "".join(f"{name}\t{statement}\n" for name, statement in tries)
    ended = stack.run(service, "sh", "-c", TRY, "sh", f"/run/secrets/{secret}", user, typed=lines)
    answers = ended.stdout.split()
    assert len(answers) == len(tries), ended.stderr
    return [each for each, answer in zip(tries, answers, strict=True) if answer == "yes"]


def _users(tenant: str) -> Iterator[tuple[str, str, str]]:
    """Yields a tenant's two users, where their passwords are, and in which container."""
    role, slot = f"tenant{tenant}".replace("-", "_"), tenant.replace("-", "_")
    yield f"{role}_app", f"tenants/{slot}_postgres_password", "backend"
    yield f"{role}_migrate", f"migrations/{slot}_postgres_migrate_password", "postgres"


def _as_central(stack: Stack, tries: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return done(stack, "backend", "kmmotos_backend", "postgres_backend_password", tries)


def _redis(stack: Stack, command: str) -> str:
    ask = 'set -f; REDISCLI_AUTH="$(cat /run/secrets/redis_backend_password)" exec redis-cli -h redis --user kmmotos_backend $1'
    return stack.run("backend", "sh", "-c", ask, "sh", command).stdout.strip()
