"""What has to follow a new value: who gets it, in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from shlex import quote

from kmtopo.resolve.delivery import secret_path
from kmtopo.resolve.deployment import Container, Deployment
from kmtopo.resolve.slots import Slot
from kmtopo.secrets.keeper import FOLDER
from kmtopo.types.stores import DataStore
from kmtopo.values import frozen

# Quoted by dollars, so that a shell can quote it all by single quotes; read by the server, so that no list of
# processes and no log ever has it.
_IN_POSTGRES = (
    "DO $$BEGIN EXECUTE format($f$ALTER ROLE %I PASSWORD %L$f$, current_user,"
    " rtrim(pg_read_file($f${path}$f$), chr(13) || chr(10))); END$$"
)
# The container still has the old value, which lets the new one in.
_IN_MONGO = (
    'const fs = require("fs"), admin = db.getSiblingDB("admin");'
    ' admin.auth("{user}", fs.readFileSync("{path}", "utf8").trim());'
    ' admin.changeUserPassword("{user}", fs.readFileSync(0, "utf8").trim());'
)


@frozen
class Step:
    """One thing that an operator does: a word for what it is, and the values that its text needs."""

    word: str
    command: str = ""
    path: str = ""
    machines: str = ""


def steps(deployment: Deployment, slot: Slot, folder: Path, output: Path) -> Iterator[Step]:
    """Yields what follows a new value of a slot; ``folder`` is the topology's, ``output`` where builds go."""
    places = {name: quote(str(output / deployment.environment.name / name)) for name in deployment.vps}
    # A job reads it when it runs next.
    users = [c for c in (deployment.containers[name] for name in slot.users) if not c.once]
    yield from _delivery(deployment, folder, places, sorted({container.vps for container in users}))
    store = next((each for each in deployment.data_stores.values() if slot.name in each.secrets()), None)
    server = deployment.containers[store.container] if store else None
    if store and server and server.type in ("mongodb", "postgres"):
        yield from _in_server(store, server, slot, deployment, places[server.vps])
        users = [each for each in users if each is not server]
    yield from _restarts(users, places)
    if slot.content == "app-key":
        yield Step("former", f"kmtopo secrets rotate {slot.partner} -e {deployment.environment.name}")


def _delivery(deployment: Deployment, folder: Path, places: dict[str, str], machines: list[str]) -> Iterator[Step]:
    """How the value gets to where it is used, from the machine where it was made."""
    name = deployment.environment.name
    if deployment.environment.secrets == "sops":
        path = folder / FOLDER / f"{name}.sops.yaml"
        for machine in machines:
            command = f"sops exec-env {deployment.root}/{FOLDER}/{name}.sops.yaml ./secrets.sh"
            yield Step("sops", f"(cd {places[machine]} && {command})", str(path), machine)
    elif deployment.environment.stage != "development":
        yield Step("copy", machines=", ".join(machines))


def _in_server(store: DataStore, server: Container, slot: Slot, deployment: Deployment, place: str) -> Iterator[Step]:
    """How a server learns a password: it has users of its own, and sees a file of its own only when it starts."""
    restart = Step("restart", f"(cd {place} && docker compose restart {server.name})")
    is_administrator = slot.name == store.administrator.secret
    if is_administrator and server.type == "mongodb":
        yield _mongo_administrator(store, server, deployment, place)
        yield restart
        return
    if "/" not in slot.name:
        yield restart
    if is_administrator:
        sql = _IN_POSTGRES.replace("{path}", secret_path(slot.name))
        psql = f"psql -X -q -w -U {quote(store.administrator.name)} -d postgres -c {quote(sql)}"
        yield Step("server", f"(cd {place} && docker compose exec -T {server.name} {psql})")
    else:
        yield Step("provision", f"{place}/{server.runtime.folders[0].name}/provision.sh")


def _mongo_administrator(store: DataStore, server: Container, deployment: Deployment, place: str) -> Step:
    user, secret = store.administrator.name, store.administrator.secret
    script = _IN_MONGO.replace("{user}", user).replace("{path}", secret_path(secret))
    shell = f"docker compose exec -T -e HOME=/nonexistent {server.name} mongosh --quiet --norc --eval {quote(script)}"
    new = f'"${{KMTOPO_SECRETS:-{deployment.secrets_folder}}}"/{secret}'
    return Step("server", f"(cd {place} && {shell} <{new})")


def _restarts(users: Iterable[Container], places: dict[str, str]) -> Iterator[Step]:
    by_machine: dict[str, list[str]] = {}
    for container in users:
        by_machine.setdefault(container.vps, []).append(container.name)
    for machine, names in sorted(by_machine.items()):
        yield Step("restart", f"(cd {places[machine]} && docker compose restart {' '.join(names)})")
