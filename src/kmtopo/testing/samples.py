"""Topologies that every generator must be able to work on."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_SITE = """\
kmtopo: 1
name: site
title: One container
locale: en
vps: {server: {title: Server, address: 203.0.113.10}}
defaults: {containers: {resources: {cpu: 0.25, memory: 128MiB}}}
containers:
  web: {type: static, image: "site/web:1.0.0", publish: ["8080:8080"]}
environments: {production: {title: Production, domain: site.example, tls: false}}
"""

_COMPANIES = """\
kmtopo: 1
name: companies
title: 'Compañías; "varias" {y} $más \\ <b>'
locale: es
vps:
  server: {title: Server, address: 203.0.113.10, capacity: {cpu: 8, memory: 32GiB, disk: 480GiB}, cost: 90 USD/month}
networks:
  edge: {title: Edge, internal: false}
  data: {title: Data, purpose: Far from the Internet}
defaults: {containers: {resources: {cpu: 0.25, memory: 512MiB}}}
containers:
  nginx:
    type: nginx
    image: nginx:1.29.8-alpine
    networks: [edge]
    publish: [80, 443]
    routes: {/: site, /api: {to: app, body: 20MiB, rate: 5/s}}
  site: {type: static, image: "companies/site:1.0.0", networks: [edge]}
  app:
    type: laravel
    image: companies/app:1.0.0
    networks: [edge, data]
    uses: {postgres: {}, redis: {for: [cache, sessions]}}
    env: {GREETING: 'hola; } { $HOME '' " \\ ../ é 😀', FROM_TARGET: "${env:FROM_TARGET}"}
    volumes: {files: {path: /var/www/html/storage, size: 2GiB}}
  jobs: {extends: app, title: Jobs, process: queue, networks: [data], replicas: 2}
  postgres: {type: postgres, image: "postgres:17.6", networks: [data], volumes: {postgres-data: 10GiB}}
  redis: {type: redis, image: "redis:7.4.5", networks: [data], volumes: {redis-data: 1GiB}}
zones: {north: {title: North, city: San Pedro Sula}}
tenancy: {flavor: stancl, domain: "{tenant}.companies.example", stores: {postgres: database, redis: prefix}}
tenants:
  first-one: {title: 'First "one"', zone: north, limits: {rate: 20/s, body: 5MiB}}
  second: {title: Second, zone: north, domain: [second.example, www.second.example]}
environments:
  production: {title: Production, tls: self-signed}
  development:
    title: Development
    stage: development
    domain: "{tenant}.localhost"
    tls: false
    scale: 0.5
    tenants: [second]
    containers: {nginx: {publish: ["127.0.0.1:8080:80"]}}
"""

_SILOS = """\
kmtopo: 1
name: silos
title: Shared and single
locale: en
vps: {server: {title: Server, address: 203.0.113.10, capacity: {cpu: 16, memory: 64GiB, disk: 480GiB}}}
networks:
  edge: {title: Edge, internal: false}
  data: {title: Data}
defaults: {containers: {resources: {cpu: 0.25, memory: 512MiB}}}
containers:
  nginx: {type: nginx, image: nginx:1.29.8-alpine, networks: [edge], publish: [80, 443], routes: {/: site, /api: app}}
  site: {type: generic, image: "silos/site:1.0.0", port: 3000, networks: [edge], uses: [app]}
  app:
    type: laravel
    image: silos/app:1.0.0
    networks: [edge, data]
    uses: {schema-of-all-companies: {}, postgres: {}, mongo: {for: [reports], optional: true}, redis: {for: [cache, sessions, queue]}}
    env: {SEARCH_KEY: "${secrets.search_key}"}
    volumes: {files: {path: /var/www/html/storage, size: 2GiB}}
  jobs: {extends: app, title: Jobs, process: queue, networks: [data], replicas: 2}
  schema-of-all-companies:
    {extends: app, process: migrate, once: true, networks: [data], uses: {schema-of-all-companies: null, redis: null}}
  postgres: {type: postgres, image: "postgres:17.6", networks: [data], volumes: {postgres-data: 10GiB}}
  mongo: {type: mongodb, image: "mongo:8.0.13", networks: [data], volumes: {mongo-data: 5GiB}}
  redis: {type: redis, image: "redis:7.4.5", networks: [data], volumes: {redis-data: 1GiB}}
tenancy:
  flavor: custom
  domain: "{tenant}.silos.example"
  stores: {postgres: database, mongo: database, redis: prefix}
  dedicates: [site]
tenants:
  first: {title: First}
  second: {title: Second}
  own: {title: 'Its "own"; } $HOME '' é', placement: dedicated, resources: {memory: 256MiB}, limits: {body: 5MiB}}
  a-company-with-the-longest-na-me-allowed: {title: Long, placement: dedicated, domain: long.example}
environments:
  production: {title: Production, tls: self-signed}
  development:
    title: Development
    stage: development
    domain: "{tenant}.localhost"
    tls: false
    tenancy: {placement: dedicated}
    tenants: {first: {placement: dedicated}, a-company-with-the-longest-na-me-allowed: null}
    containers: {nginx: {publish: ["127.0.0.1:8080:80"]}, app: {volumes: {code: {bind: ../app, path: /var/www/html}}}}
"""

SAMPLES: Mapping[str, str] = MappingProxyType({"companies": _COMPANIES, "silos": _SILOS, "site": _SITE})
"""Topologies by name that together use most of what a graph can hold: tenants pooled and dedicated, processes, stores, hostile titles."""
