"""``deprovision.sh``: shuts out a tenant that the topology no longer has, and drops its data when its name is typed twice."""

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
# Shuts a tenant out that is no longer in topology.yaml, and drops its data where you say so twice. kmtopo never runs
# this: it is yours to run, on the server's machine, after a backup.

set -eu
cd "$(dirname "$0")/{up}"

run() {{
  docker compose exec -T -e STEP="$1" -e DATABASE="$database" {shell} {script} </dev/null
}}

printf 'Name of the tenant to shut out: '
read -r tenant || tenant=
case $tenant in
  '' | *[!a-z0-9-]*)
    echo 'That is no name of a tenant: lower-case letters, digits and dashes.' >&2
    exit 2
    ;;
esac
if grep -qxF -e "// from tenants.$tenant" {folder}/provision.js; then
  echo "$tenant is in topology.yaml: remove it there and run kmtopo build first." >&2
  exit 1
fi
{database}

run retire
echo "$tenant is shut out: nobody has a right in $database. Its data is still there."

printf 'To drop its data for ever type the name again, to keep it press Enter: '
read -r again || again=
if [ "$again" != "$tenant" ]; then
  echo 'Kept.'
  exit 0
fi
run drop
echo "The data of $tenant is gone."
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
// Runs in the container. DATABASE names what a tenant left behind; STEP is "retire", which takes every right in it
// from everybody and drops the users that were made in it, or "drop", which drops the data.

const fs = require("fs");
const administrator = {administrator};
const name = process.env.DATABASE || "";
const admin = db.getSiblingDB("admin");
admin.auth(administrator.name, fs.readFileSync(administrator.secret, "utf8").replace(/\\n+$/, ""));

if (["", "admin", "config", "local"].includes(name)) {{
  throw new Error(`${{name}} is no database of a tenant`);
}}
const databases = admin.runCommand({{ listDatabases: 1, nameOnly: true }}).databases.map((each) => each.name);
const users = admin.runCommand({{ usersInfo: {{ forAllDBs: true }} }}).users;

if (process.env.STEP === "drop") {{
  db.getSiblingDB(name).dropDatabase();
}} else {{
  if (!databases.includes(name) && !users.some((each) => each.db === name)) {{
    throw new Error(`there is no database ${{name}}`);
  }}
  for (const each of users) {{
    const rights = each.roles.filter((role) => role.db === name);
    if (each.db === name) {{
      db.getSiblingDB(name).dropUser(each.user);
    }} else if (rights.length > 0) {{
      db.getSiblingDB(each.db).revokeRolesFromUser(each.user, rights);
    }}
  }}
}}
"""


def at_the_operator(container: Container, deployment: Deployment) -> str:
    """Writes the operator's script, which refuses whoever is still in the topology."""
    folder = container.runtime.folders[0]
    return _OPERATOR.format(
        header=SHELL_HEADER,
        address=container.address,
        folder=shlex.quote(folder.name),
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
