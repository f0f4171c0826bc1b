"""What MongoDB's users may do, asked by the real shell. The server is a stand-in: see ``images/mongo/mongod.py``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from e2e.proofs import Proof
from e2e.stack import Stack

HOME = "kmmotos_central"
LOOK = 'db.getSiblingDB("{database}").reports.countDocuments()'
MANAGE = 'db.getSiblingDB("{database}").createUser({{user: "intruder", pwd: "x", roles: ["read"]}})'
# Not by eval: the shell itself makes asynchronous calls look plain, and does so in code that it has read.
EACH = "(look) => { try { return String(look()) } catch (error) { return error.message } }"


def proofs() -> Iterator[Proof]:
    """Yields what holds where all companies are pooled: one user for the application, and nothing beyond its databases."""
    yield Proof("mongo answers nobody without a name", anonymous, own_databases)
    yield Proof("mongo gives the application nobody else's database", foreign_databases, own_databases)


def anonymous(stack: Stack) -> list[str]:
    """Asks without a name."""
    return [answer for answer in asked(stack, [LOOK.format(database=HOME)]) if "requires authentication" not in answer]


def own_databases(stack: Stack) -> list[str]:
    """Looks into the databases of the application and of a company."""
    looks = [LOOK.format(database=name) for name in (HOME, "tenantkm-motos")]
    return [answer for answer in asked(stack, looks, application(stack)) if not answer.isdigit()]


def foreign_databases(stack: Stack) -> list[str]:
    """Looks into databases that are not the application's, and tries to let others in."""
    tries = [LOOK.format(database=name) for name in ("admin", "another")] + [MANAGE.format(database=HOME)]
    return allowed(stack, tries, application(stack))


def allowed(stack: Stack, tries: Sequence[str], credentials: str) -> list[str]:
    """Returns those tries that MongoDB does not refuse a user, with its answers."""
    answers = zip(tries, asked(stack, tries, credentials), strict=True)
    return [f"{code}: {answer}" for code, answer in answers if "not authorized" not in answer]


def application(stack: Stack) -> str:
    """Returns the words of a connection string that say who the application is."""
    return credentials(stack, "kmmotos_backend", "mongo_backend_password", HOME)


def credentials(stack: Stack, user: str, secret: str, database: str) -> str:
    """Returns user, password and the database that knows them: ``user:password@/database``."""
    return f"{user}:{(stack.project.secrets / secret).read_text()}@/{database}"


def asked(stack: Stack, codes: Sequence[str], credentials: str = "@/test") -> list[str]:
    """Returns what MongoDB's shell answers to each piece of code, be it an error.

    The shell runs beside the server and not in its container, whose CPU limit would make it slow.
    """
    who, _, database = credentials.partition("@")
    address = f"mongodb://{who}{'@' if who else ''}127.0.0.1:27017{database}"
    looks = ", ".join(f"() => {code}" for code in codes)
    script = f"print(JSON.stringify([{looks}].map({EACH})))"
    place = ("--rm", f"--network=container:{stack.name}-mongo-1", "--entrypoint=mongosh", "kmtopo-e2e/mongo")
    printed = stack.docker.say("run", *place, "--quiet", "--norc", address, "--eval", script)
    answers: list[str] = json.loads(printed.splitlines()[-1])
    return answers
