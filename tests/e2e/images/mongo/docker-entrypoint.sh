#!/usr/bin/env bash
# Keeps the contract of the official image: MONGO_INITDB_*[_FILE], and /docker-entrypoint-initdb.d on an empty folder only.
set -Eeuo pipefail

file_env() {
  local name=$1 file="${1}_FILE"
  local value=${!name:-}
  [ -z "${!file:-}" ] || value=$(<"${!file}")
  export "$name"="$value"
  unset "$file"
}

initialise() {
  mongod --bind_ip 127.0.0.1 &
  local server=$! shell=(mongosh --quiet --norc --host 127.0.0.1)
  for _ in $(seq 60); do
    if "${shell[@]}" --eval 'quit(0)' >/dev/null 2>&1; then break; fi
    sleep 0.5
  done
  USER_NAME=$MONGO_INITDB_ROOT_USERNAME PASSWORD=$MONGO_INITDB_ROOT_PASSWORD "${shell[@]}" admin --eval '
    db.createUser({user: process.env.USER_NAME, pwd: process.env.PASSWORD, roles: [{role: "root", db: "admin"}]})'
  local file
  for file in /docker-entrypoint-initdb.d/*; do
    case $file in
      *.sh) . "$file" ;;
      *.js) "${shell[@]}" "${MONGO_INITDB_DATABASE:-test}" "$file" ;;
    esac
  done
  kill "$server"
  wait "$server"
}

export HOME=/tmp
if [ "${1:-}" = mongod ]; then
  file_env MONGO_INITDB_ROOT_USERNAME
  file_env MONGO_INITDB_ROOT_PASSWORD
  if [ -n "$MONGO_INITDB_ROOT_USERNAME" ]; then
    [ -s /data/db/users.json ] || initialise
    set -- "$@" --auth
  fi
fi
exec "$@"
