#!/bin/sh
# The official image's entry point, less its helpers for files that it finds in /etc/nginx.
set -e
# Its server is built to make these; this one finds them over links.
for kind in client_body proxy fastcgi uwsgi scgi; do mkdir -p "/var/cache/nginx/$kind"; done
exec "$@"
