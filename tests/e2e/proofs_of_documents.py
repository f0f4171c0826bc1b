"""What MongoDB's users may do, asked by the real shell. The server is a stand-in: see ``images/mongo/mongod.py``."""

from __future__ import annotations

from collections.abc import Iterator

from e2e.proofs import Proof
from e2e.stack import Stack

HOME = "kmmotos_central"
LOOK = 'db.getSiblingDB("{database}").reports.countDocuments()'
MANAGE = 'db.getSiblingDB("{database}").createUser({{user: "intruder", pwd: "x", roles: ["read"]}})'


def proofs() -> Iterator[Proof]:
    """Yields what holds where all companies are pooled: one user for the application, and nothing beyond its databases."""
    yield Proof("mongo answers nobody without a name", anonymous, own_databases)
    yield Proof("mongo gives the application nobody else's database", foreign_databases, own_databases)


def anonymous(stack: Stack) -> list[str]:
    """Asks without a name."""
    return [] if "requires authentication" in asked(stack, LOOK.format(database=HOME)) else ["it answers"]


def own_databases(stack: Stack) -> list[str]:
    """Looks into the databases of the application and of a company."""
    looks = {name: asked(stack, LOOK.format(database=name), application(stack)) for name in (HOME, "tenantkm-motos")}
    return [f"{name}: {answer}" for name, answer in looks.items() if not answer.isdigit()]


def foreign_databases(stack: Stack) -> list[str]:
    """Looks into databases that are not the application's, and tries to let others in."""
    tries = [LOOK.format(database=name) for name in ("admin", "another")] + [MANAGE.format(database=HOME)]
    answers = {code: asked(stack, code, application(stack)) for code in tries}
    return [f"{code}: {answer}" for code, answer in answers.items() if "not authorized" not in answer]


def application(stack: Stack) -> str:
    """Returns the words of a connection string that say who the application is."""
    return credentials(stack, "kmmotos_backend", "mongo_backend_password", HOME)


def credentials(stack: Stack, user: str, secret: str, database: str) -> str:
    """Returns user, password and the database that knows them: ``user:password@/database``."""
    return f"{user}:{(stack.project.secrets / secret).read_text()}@/{database}"


def asked(stack: Stack, code: str, credentials: str = "@/test") -> str:
    """Returns what MongoDB's shell prints for a piece of code, be it an error."""
    who, _, database = credentials.partition("@")
    address = f"mongodb://{who}{'@' if who else ''}mongo:27017{database}"
    ended = stack.run("mongo", "env", "HOME=/nonexistent", "mongosh", "--quiet", "--norc", address, "--eval", code)
    return (ended.stdout + ended.stderr).strip().splitlines()[-1]
