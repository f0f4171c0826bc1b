"""What a company's data is safe from: tried with the users and passwords that its processes have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Login:
    """A user of a server, the file of its password, and a container that sees both."""

    name: str
    secret: str
    service: str


@dataclass(frozen=True)
class Company:
    """A tenant as the generated files name what is its own: as stancl's package would, by default."""

    name: str
    dedicated: bool = False

    @property
    def identifier(self) -> str:
        """Its name where a dash cannot be."""
        return self.name.replace("-", "_")

    @property
    def database(self) -> str:
        """Its database, in PostgreSQL and in MongoDB."""
        return f"tenant{self.name}"

    @property
    def application(self) -> Login:
        """The user that serves requests."""
        folder, service = ("", f"backend-{self.name}") if self.dedicated else ("tenants/", "backend")
        return Login(f"tenant{self.identifier}_app", f"{folder}{self.identifier}_postgres_password", service)

    @property
    def migration(self) -> Login:
        """The user that changes tables; its own container has ended, but the server sees the file, too."""
        folder = "" if self.dedicated else "migrations/"
        secret = f"{folder}{self.identifier}_postgres_migrate_password"
        return Login(f"tenant{self.identifier}_migrate", secret, "postgres")


POOLED = Login("kmmotos_backend", "postgres_backend_password", "backend")


def proofs(companies: Iterable[Company]) -> Iterator[Proof]:
    """Yields what holds for each company of an environment, and for the central one."""
    companies = tuple(companies)
    for company in companies:
        name = company.name
        yield Proof(f"{name} enters no other database", enters_no_other(company), enters_its_own(company))
        yield Proof(f"{name}'s application changes no structure", changes_no_structure(company), migrates(company))
    yield Proof("central writes in no company's database", writes_nowhere(companies), reads_everywhere(companies))


def proofs_of_keys() -> Iterator[Proof]:
    """Yields what holds for the pooled application in Redis."""
    yield Proof("redis takes nothing that is not the application's", foreign_keys, own_keys)
    yield Proof("redis answers nobody without a name", anonymous, by_name)


def enters_no_other(company: Company) -> Look:
    """Tries every other database of the server, also those that are nobody's, with each of its users."""

    def look(stack: Stack) -> list[str]:
        others = [name for name in databases(stack) if name != company.database]
        assert {"postgres", "template1", CENTRAL} <= set(others)
        tries = [(name, "SELECT 1") for name in others]
        users = (company.application, company.migration)
        return [f"{user.name} enters {name}" for user in users for name, _ in done(stack, user, tries)]

    return look


def enters_its_own(company: Company) -> Look:
    """Tries the same with its own database."""
    tries = [(company.database, "SELECT 1")]
    users = (company.application, company.migration)
    return lambda stack: [f"{user.name} does not" for user in users if done(stack, user, tries) != tries]


def changes_no_structure(company: Company) -> Look:
    """Tries it as the user that serves requests."""
    tries = [(company.database, WRITING[what]) for what in ("makes tables", "drops tables")]
    return lambda stack: [statement for _, statement in done(stack, company.application, tries)]


def migrates(company: Company) -> Look:
    """Tries the same as the user of the migration."""
    tries = [(company.database, WRITING[what]) for what in ("makes tables", "drops tables")]
    return lambda stack: [] if done(stack, company.migration, tries) == tries else ["it cannot"]


def writes_nowhere(companies: Iterable[Company]) -> Look:
    """Tries every way of writing in every company's database as the central tenant."""
    tries = [(company.database, statement) for company in companies for statement in WRITING.values()]
    return lambda stack: [f"in {name}: {statement}" for name, statement in done(stack, POOLED, tries)]


def reads_everywhere(companies: Iterable[Company]) -> Look:
    """Tries to read there, and to write at home."""
    tries = [*((company.database, READING) for company in companies), (CENTRAL, WRITING["writes rows"])]
    return lambda stack: [f"not in {t[0]}: {t[1]}" for t in tries if t not in done(stack, POOLED, tries)]


# What would touch, find or take what is somebody else's.
FOREIGN = ("SET other:key 1", "GET other:key", "KEYS *", "SCAN 0", "RANDOMKEY", "DBSIZE", "FLUSHALL", "CONFIG GET *")
KEYS = Login("kmmotos_backend", "redis_backend_password", "backend")


def foreign_keys(stack: Stack) -> list[str]:
    """Tries what is not the application's, as the application's user."""
    return allowed(stack, KEYS, FOREIGN)


def own_keys(stack: Stack) -> list[str]:
    """Tries keys of its own."""
    return keeps(stack, KEYS, f"kmmotos:{stack.project.environment}:backend:")


def anonymous(stack: Stack) -> list[str]:
    """Asks without a name."""
    answer = stack.run("backend", "redis-cli", "-h", "redis", "PING").stdout.strip()
    return [] if answer.startswith("NOAUTH") else [answer]


def by_name(stack: Stack) -> list[str]:
    """Asks the same as the application."""
    answer = said(stack, KEYS, "PING")
    return [] if answer == "PONG" else [answer]


def databases(stack: Stack) -> list[str]:
    """Lists all databases of the server, as its administrator."""
    question = ("-Atc", "SELECT datname FROM pg_database WHERE datallowconn ORDER BY datname")
    return stack.run("postgres", "psql", "-X", "-U", "kmmotos_admin", "-d", "postgres", *question).stdout.split()


def done(stack: Stack, user: Login, tries: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Returns those statements that a user could carry out; each is taken back."""
    lines = "".join(f"{name}\t{statement}\n" for name, statement in tries)
    words = ("sh", "-c", TRY, "sh", f"/run/secrets/{user.secret}", user.name)
    ended = stack.run(user.service, *words, typed=lines)
    answers = ended.stdout.split()
    assert len(answers) == len(tries), ended.stderr
    return [each for each, answer in zip(tries, answers, strict=True) if answer == "yes"]


def said(stack: Stack, user: Login, command: str) -> str:
    """Returns what Redis says to a user."""
    ask = 'set -f; REDISCLI_AUTH="$(cat "$1")" exec redis-cli -h redis --user "$2" $3'
    words = ("sh", "-c", ask, "sh", f"/run/secrets/{user.secret}", user.name, command)
    return stack.run(user.service, *words).stdout.strip()


def allowed(stack: Stack, user: Login, commands: Iterable[str]) -> list[str]:
    """Returns those commands that Redis does not refuse a user."""
    return [command for command in commands if not said(stack, user, command).startswith("NOPERM")]


def keeps(stack: Stack, user: Login, prefix: str) -> list[str]:
    """Returns what a user cannot do with a key of its own."""
    key = f"{prefix}proof"
    answers = {command: said(stack, user, command) for command in (f"SET {key} 1", f"GET {key}", f"DEL {key}")}
    return [f"{command}: {answer}" for command, answer in answers.items() if answer not in ("OK", "1")]
