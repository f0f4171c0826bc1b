#!/usr/bin/env bash
# Keeps the contract of the official image: POSTGRES_*[_FILE], and /docker-entrypoint-initdb.d on an empty PGDATA only.
set -Eeo pipefail

# file_env NAME DEFAULT: takes the value of NAME, else the content of the file that NAME_FILE names, else the default.
file_env() {
  local name=$1 file="${1}_FILE"
  if [ -n "${!name:-}" ] && [ -n "${!file:-}" ]; then
    echo "error: both $name and $file are set (but are exclusive)" >&2
    exit 1
  fi
  local value=${!name:-${2:-}}
  [ -z "${!file:-}" ] || value=$(<"${!file}")
  export "$name"="$value"
  unset "$file"
}

ask() { psql -v ON_ERROR_STOP=1 --no-password --no-psqlrc --username "$POSTGRES_USER" "$@"; }

initialise() {
  file_env POSTGRES_PASSWORD
  file_env POSTGRES_USER postgres
  file_env POSTGRES_DB "$POSTGRES_USER"
  file_env POSTGRES_INITDB_ARGS
  if [ -z "$POSTGRES_PASSWORD" ]; then
    echo "Error: Database is uninitialized and superuser password is not specified." >&2
    exit 1
  fi
  eval 'initdb --username="$POSTGRES_USER" --pwfile=<(printf "%s\n" "$POSTGRES_PASSWORD") '"$POSTGRES_INITDB_ARGS"
  printf '\nhost all all all scram-sha-256\n' >>"$PGDATA/pg_hba.conf"
  export PGPASSWORD=$POSTGRES_PASSWORD
  pg_ctl -w -o "-c listen_addresses='' -p 5432" start
  [ "$POSTGRES_DB" = postgres ] || ask --dbname postgres --set db="$POSTGRES_DB" <<<'CREATE DATABASE :"db";'
  local file
  for file in /docker-entrypoint-initdb.d/*; do
    case $file in
      *.sh) if [ -x "$file" ]; then "$file"; else . "$file"; fi ;;
      *.sql) ask --dbname "$POSTGRES_DB" --file "$file" ;;
    esac
  done
  pg_ctl -m fast -w stop
  unset PGPASSWORD
  echo 'PostgreSQL init process complete; ready for start up.'
}

[ "${1:0:1}" != - ] || set -- postgres "$@"
if [ "$1" = postgres ]; then
  if [ "$(id -u)" = 0 ]; then
    mkdir -p "$PGDATA" && chown -R postgres "$PGDATA" /run/postgresql && chmod 00700 "$PGDATA"
    exec gosu postgres "$BASH_SOURCE" "$@"
  fi
  [ -s "$PGDATA/PG_VERSION" ] || initialise
fi
exec "$@"
