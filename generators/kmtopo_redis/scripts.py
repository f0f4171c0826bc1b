"""The scripts beside ``users.acl``: what the container runs of it, and what the operator runs."""

from __future__ import annotations

import shlex
from pathlib import PurePosixPath

from kmtopo.plugin import Container, DataStore, secret_path
from kmtopo_redis.users import HEADER

_PROVISION = """\
#!/bin/sh
{header}
# from {address}
#
# Hands the users of this folder to the running server. It may run at any time and as often as you like: nothing
# restarts, and of all connections only those of users that are gone are closed.
set -eu
cd "$(dirname "$0")/{up}"
docker compose exec -T {container} sh {users} apply
"""

# ACL LOAD would be one command, and would close every connection of every user.
_USERS = """\
#!/bin/sh
{header}
# from {address}
#
# Runs in the container, from the folder that is mounted there.
#   write: the list of users with the digests of their passwords, where the server reads it when it starts
#   apply: writes it, then hands it to the running server, user by user; users that are not in it are dropped
set -eu
umask 077
here=$(dirname "$0")
list=/run/redis/users.acl

fail() {{
  echo "redis: $1" >&2
  exit 1
}}

digest() {{
  [ -r "$1" ] || fail "the secret $1 is missing: run kmtopo secrets init, then docker compose up -d {container}"
  password=$(cat "$1")
  [ -n "$password" ] || fail "the secret $1 is empty"
  printf %s "$password" | sha256sum | cut -c 1-64
}}

# Comments are ours alone: the server takes none.
write() {{
  while IFS= read -r line; do
    case $line in
      'user '*'#<'*'>'*)
        slot=${{line#*'#<'}}
        sum=$(digest "${{slot%%'>'*}}")
        printf '%s#%s%s\\n' "${{line%%'#<'*}}" "$sum" "${{line#*'>'}}"
        ;;
      'user '*) printf '%s\\n' "$line" ;;
    esac
  done <"$here/users.acl" >"$list.new"
  mv "$list.new" "$list"
}}

ask() {{
  REDISCLI_AUTH=$(cat {password}) redis-cli --user {administrator} "$@"
}}

apply() {{
  answers=$(sed -n 's/^user \\([^ ]*\\) /ACL SETUSER \\1 reset /p' "$list" | ask)
  refused=$(printf '%s\\n' "$answers" | grep -vx -e OK -e '' || :)
  [ -z "$refused" ] || fail "$refused"
  ask ACL USERS | while IFS= read -r user; do
    grep -q "^user $user " "$list" || dropped "$user"
  done
  echo "redis: $(grep -c '^user ' "$list") users are in force"
}}

dropped() {{
  ask ACL DELUSER "$1" >/dev/null
  echo "redis: $1 is no user any more"
}}

case ${{1:-}} in
  write) write ;;
  apply)
    write
    apply
    ;;
  *) fail "say write or apply" ;;
esac
"""


def provision(container: Container) -> str:
    """Writes the operator's script: a running server learns who its users are."""
    folder = container.runtime.folders[0]
    return _PROVISION.format(
        header=HEADER,
        address=container.address,
        up="/".join(".." for _ in PurePosixPath(folder.name).parts),
        container=shlex.quote(container.name),
        users=shlex.quote(f"{folder.target}/users.sh"),
    )


def users(container: Container, store: DataStore) -> str:
    """Writes what the container runs: passwords become digests, and these the server's users."""
    return _USERS.format(
        header=HEADER,
        address=store.address,
        container=shlex.quote(container.name),
        administrator=shlex.quote(store.administrator.name),
        password=shlex.quote(secret_path(store.administrator.secret)),
    )
