"""``deprovision.sh``: drops the data of a tenant that the topology no longer has, when its name is typed."""

from __future__ import annotations

import shlex

from kmtopo.plugin import Container, DataStore, Deployment, secret_path
from kmtopo_mongo.provision import HEADER
from kmtopo_mongo.quoting import literal
from kmtopo_mongo.scripts import SHELL_HEADER, shell_in, way_up

_OPERATOR = """\
#!/bin/sh
{header}
# from {address}
#
# Drops the database of a tenant that is no longer in the topology, and the users that were made in it, for good.
#   {folder}/deprovision.sh TENANT
# The name is asked for once more. Nothing else ever drops data.
set -eu
here=$(dirname "$0")

fail() {{
  echo "mongo: $1" >&2
  exit 1
}}

tenant=${{1:-}}
case $tenant in
  '' | *[!a-z0-9-]*) fail "name a tenant, as in: {folder}/deprovision.sh TENANT" ;;
esac
{database}
if grep -qF "grant(\\"$database\\"," "$here/provision.js"; then
  fail "$tenant is still in the topology: remove it there, then run kmtopo build and {folder}/provision.sh"
fi
printf 'This drops %s with all its data. Type the name of the tenant: ' "$database" >&2
read -r typed || typed=
[ "$typed" = "$tenant" ] || fail "nothing is dropped"
cd "$here/{up}"
docker compose exec -T -e DATABASE="$database" {shell} {script}
"""

_OWN_NAMES = """\
database={project}_$(printf %s "$tenant" | tr - _)
if [ "${{#database}}" -gt 63 ]; then
  database=$(printf %.54s "$database")_$(printf %s "$database" | sha256sum | cut -c 1-8)
fi"""

_SERVER = """\
{header}
// from {address}
//
// Runs in the container: drops the database that DATABASE names, with the users that were made in it.

const fs = require("fs");
const administrator = {administrator};
const name = process.env.DATABASE || "";
const admin = db.getSiblingDB("admin");
admin.auth(administrator.name, fs.readFileSync(administrator.secret, "utf8").replace(/\\n+$/, ""));

if (["", "admin", "config", "local"].includes(name)) {{
  throw new Error(`${{name}} is no database of a tenant`);
}}
const there = admin.runCommand({{ listDatabases: 1, nameOnly: true }}).databases.map((each) => each.name);
const users = admin.runCommand({{ usersInfo: {{ forAllDBs: true }} }}).users.filter((each) => each.db === name);
if (!there.includes(name) && users.length === 0) {{
  throw new Error(`there is no database ${{name}}`);
}}
const leaving = db.getSiblingDB(name);
leaving.dropDatabase();
for (const each of users) {{
  leaving.dropUser(each.user);
}}
print(`mongo: ${{name}} is dropped, and ${{users.length}} users with it`);
"""


def at_the_operator(container: Container, deployment: Deployment) -> str:
    """Writes the operator's script, which refuses whoever is still in the topology."""
    folder = container.runtime.folders[0]
    return _OPERATOR.format(
        header=SHELL_HEADER,
        address=container.address,
        folder=folder.name,
        up=way_up(container),
        database=_database(deployment),
        shell=shell_in(container),
        script=shlex.quote(f"{folder.target}/deprovision.js"),
    )


def in_the_server(store: DataStore) -> str:
    """Writes what it runs in the container."""
    administrator = {"name": store.administrator.name, "secret": secret_path(store.administrator.secret)}
    return _SERVER.format(header=HEADER, address=store.address, administrator=literal(administrator))


def _database(deployment: Deployment) -> str:
    """The shell's lines that say which database is of ``$tenant``: names are derived as ``keep`` derived them."""
    if deployment.tenancy is not None and deployment.tenancy.flavor == "stancl":
        return "database=tenant$tenant"
    return _OWN_NAMES.format(project=deployment.project.name.replace("-", "_"))
