"""The peer, as a program: the script that a user would write instead, with CSafeLoader and Jinja2.

It checks nothing and locates nothing; it writes a virtual host and an env file a tenant, and five files for all.
Usage: ``handwritten.py TOPOLOGY FOLDER``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml
from jinja2 import DictLoader, Environment

TEMPLATES = {
    "vhost": """\
server {
    listen 443 ssl;
    server_name {{ tenant.domain }};
    ssl_certificate /etc/nginx/tls/{{ slug }}.crt;
    ssl_certificate_key /etc/nginx/tls/{{ slug }}.key;
    client_max_body_size {{ tenant.limits.body | replace("iB", "") | lower }};
    access_log /var/log/nginx/{{ slug }}.log;
    location /api {
        include fastcgi_params;
        fastcgi_param SCRIPT_FILENAME /var/www/html/public/index.php;
        fastcgi_param TENANT {{ slug }};
        fastcgi_pass backend:9000;
    }
    location / {
        proxy_set_header Host $host;
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        proxy_pass http://frontend:8080;
    }
}
""",
    "env": """\
TENANT={{ slug }}
TENANT_TITLE="{{ tenant.title }}"
APP_URL=https://{{ tenant.domain }}
DB_CONNECTION=pgsql
DB_HOST=postgres
DB_DATABASE=tenant_{{ slug | replace("-", "_") }}
MONGODB_DATABASE=tenant_{{ slug | replace("-", "_") }}
REDIS_HOST=redis
REDIS_PREFIX={{ slug }}_
""",
    "compose": """\
name: {{ name }}
services:
{% for slug, container in containers.items() %}
  {{ slug }}:
    image: {{ container.image or containers.backend.image }}
    restart: unless-stopped
    networks: [{{ container.networks | join(", ") }}]
{% endfor %}
networks:
{% for slug, network in networks.items() %}
  {{ slug }}: {internal: {{ "false" if network.internal is false else "true" }}}
{% endfor %}
""",
    "nginx": """\
events { worker_connections 4096; }
http {
    include conf.d/*.conf;
    server_names_hash_max_size {{ 8 * tenants | length }};
}
""",
    "tenants": """\
<?php
return [
{% for slug, tenant in tenants.items() %}
    '{{ slug }}' => ['domain' => '{{ tenant.domain }}', 'zone' => '{{ tenant.zone }}'],
{% endfor %}
];
""",
    "shared": """\
APP_NAME="{{ title }}"
APP_LOCALE={{ locale }}
""",
}


def main(topology: str, folder: str) -> None:
    """Reads the topology and writes 2T + 5 files."""
    with Path(topology).open(encoding="utf-8") as text:
        data = yaml.load(text, yaml.CSafeLoader)
    for path, content in _files(data):
        target = Path(folder) / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")


def _files(data: dict[str, Any]) -> list[tuple[str, str]]:
    environment = Environment(loader=DictLoader(TEMPLATES), trim_blocks=True)  # noqa: S701 - these are no web pages
    vhost, env = environment.get_template("vhost"), environment.get_template("env")
    files = [
        ("compose.yaml", environment.get_template("compose").render(data)),
        ("nginx/nginx.conf", environment.get_template("nginx").render(data)),
        ("laravel/tenants.php", environment.get_template("tenants").render(data)),
        (".env.example", environment.get_template("shared").render(data)),
        ("env/backend.env", environment.get_template("shared").render(data)),
    ]
    for slug, tenant in data["tenants"].items():
        files.append((f"nginx/conf.d/{slug}.conf", vhost.render(slug=slug, tenant=tenant)))
        files.append((f"env/tenants/{slug}.env", env.render(slug=slug, tenant=tenant)))
    return files


if __name__ == "__main__":
    main(*sys.argv[1:])
