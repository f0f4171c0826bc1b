"""Faults, each seeded into one file of the clean tree of KMMotos, and what verification says of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """``old`` becomes ``new`` in one built file; ``told`` has code, file, its line, and the words."""

    name: str
    environment: str
    file: str
    old: str
    new: str
    told: tuple[str, ...]

    def seeded(self, files: dict[str, str]) -> dict[str, str]:
        """The files with the fault in them."""
        assert self.old in files[self.file]
        return files | {self.file: files[self.file].replace(self.old, self.new, 1)}


FAULTS = [
    Fault(
        "an upstream at a wrong port",
        "produccion",
        "principal/nginx/nginx.conf",
        "server backend:9000",
        "server backend:9001",
        (
            "KM753 principal/nginx/locations/all.conf | fastcgi_pass backend; | in HERE the route of `all-in-one.kmmotos.hn/api` is `fastcgi backend:9001, body 20971520`, and `fastcgi backend:9000, body 20971520` in the topology",
            "KM753 principal/nginx/locations/all.conf | fastcgi_pass backend; | in HERE the route of `all-in-one.kmmotos.hn/sanctum` is `fastcgi backend:9001, body 1048576`, and `fastcgi backend:9000, body 1048576` in the topology",
            "KM753 principal/nginx/locations/all.conf | fastcgi_pass backend; | in HERE the route of `all-in-one.kmmotos.hn/storage` is `fastcgi backend:9001, body 1048576`, and `fastcgi backend:9000, body 1048576` in the topology",
            "KM753 principal/nginx/nginx.conf | server backend:9001 resolve max_fails=3 fail_timeout=10s; | in HERE the upstream of `nginx` is `backend:9001`, and `backend:9000` in the topology",
        ),
    ),
    Fault(
        "an upstream that is no container",
        "produccion",
        "principal/nginx/nginx.conf",
        "server frontend:8080",
        "server fronted:8080",
        (
            "KM753 principal/nginx/locations/all.conf | proxy_pass http://frontend; | in HERE the route of `all-in-one.kmmotos.hn/` is `http fronted:8080, body 1048576`, and `http frontend:8080, body 1048576` in the topology",
            "KM753 principal/nginx/nginx.conf | server fronted:8080 resolve max_fails=3 fail_timeout=10s; | in HERE `nginx` calls `fronted`, and does not reach it",
        ),
    ),
    Fault(
        "an upstream on a network that the proxy is not on",
        "produccion",
        "principal/nginx/nginx.conf",
        "server backend:9000",
        "server postgres:9000",
        (
            "KM753 principal/nginx/locations/all.conf | fastcgi_pass backend; | in HERE the route of `all-in-one.kmmotos.hn/api` is `fastcgi postgres:9000, body 20971520`, and `fastcgi backend:9000, body 20971520` in the topology",
            "KM753 principal/nginx/locations/all.conf | fastcgi_pass backend; | in HERE the route of `all-in-one.kmmotos.hn/sanctum` is `fastcgi postgres:9000, body 1048576`, and `fastcgi backend:9000, body 1048576` in the topology",
            "KM753 principal/nginx/locations/all.conf | fastcgi_pass backend; | in HERE the route of `all-in-one.kmmotos.hn/storage` is `fastcgi postgres:9000, body 1048576`, and `fastcgi backend:9000, body 1048576` in the topology",
            "KM753 principal/nginx/nginx.conf | server postgres:9000 resolve max_fails=3 fail_timeout=10s; | in HERE `nginx` calls `postgres`, and does not reach it",
        ),
    ),
    Fault(
        "a network that a service lost",
        "produccion",
        "principal/compose.yaml",
        "networks: [comando, comunicaciones, seguridad]",
        "networks: [comando, comunicaciones]",
        (
            "KM751 principal/compose.yaml | backend: | in HERE `backend` lacks the network `seguridad`",
            "KM754 principal/env/backend.env | DB_HOST=postgres | in HERE `backend` calls `postgres`, and does not reach it",
            "KM754 principal/compose.yaml | command: | in HERE `backend` calls `mongo`, and does not reach it",
        ),
    ),
    Fault(
        "a network that a service should not be on",
        "produccion",
        "principal/compose.yaml",
        "    networks: [comunicaciones]\n    restart: unless-stopped\n    healthcheck:\n      test: [CMD-SHELL",
        "    networks: [comunicaciones, seguridad]\n    restart: unless-stopped\n    healthcheck:\n      test: [CMD-SHELL",
        (
            "KM751 principal/compose.yaml | networks: [comunicaciones, seguridad] | in HERE `frontend` has the network `seguridad`, which is not in the topology",
        ),
    ),
    Fault(
        "an isolated network that is open",
        "produccion",
        "principal/compose.yaml",
        "  seguridad:\n    internal: true",
        "  seguridad:\n    internal: false",
        (
            "KM751 principal/compose.yaml | internal: false | in HERE the property of `seguridad` is `internal: false`, and `internal: true` in the topology",
        ),
    ),
    Fault(
        "subnets that were swapped",
        "produccion",
        "principal/compose.yaml",
        "10.64.3.0/24",
        "10.64.5.0/24",
        (
            "KM751 principal/compose.yaml | ipam: | in HERE the property of `comando` is `subnet: 10.64.5.0/24`, and `subnet: 10.64.3.0/24` in the topology",
        ),
    ),
    Fault(
        "a published port too many",
        "produccion",
        "principal/compose.yaml",
        "      - {target: 443,",
        '      - {target: 5432, published: "5432", host_ip: "203.0.113.10", protocol: tcp}\n      - {target: 443,',
        (
            'KM752 principal/compose.yaml | - {target: 5432, published: "5432", host_ip: "203.0.113.10", protocol: tcp} | in HERE `nginx` has the port `203.0.113.10:5432->5432/tcp`, which is not in the topology',
        ),
    ),
    Fault(
        "a port that leads to another one",
        "pruebas",
        "principal/compose.yaml",
        'target: 443, published: "8443"',
        'target: 80, published: "8443"',
        (
            "KM752 principal/compose.yaml | nginx: | in HERE `nginx` lacks the port `203.0.113.10:8443->443/tcp`",
            'KM752 principal/compose.yaml | - {target: 80, published: "8443", host_ip: "203.0.113.10", protocol: tcp} | in HERE `nginx` has the port `203.0.113.10:8443->80/tcp`, which is not in the topology',
        ),
    ),
    Fault(
        "a private binding that the whole world reaches",
        "desarrollo",
        "local/compose.yaml",
        'target: 5432, published: "5432", host_ip: "127.0.0.1"',
        'target: 5432, published: "5432", host_ip: "0.0.0.0"',
        (
            'KM752 local/compose.yaml | - {target: 5432, published: "5432", host_ip: "0.0.0.0", protocol: tcp} | in HERE `postgres` has the port `0.0.0.0:5432->5432/tcp`, which is not in the topology',
            "KM752 local/compose.yaml | postgres: | in HERE `postgres` lacks the port `127.0.0.1:5432->5432/tcp`",
        ),
    ),
    Fault(
        "a proxied protocol in the place of FastCGI",
        "produccion",
        "principal/nginx/locations/all.conf",
        "    client_max_body_size 20m;\n    root /var/www/html/public;\n    fastcgi_pass backend;",
        "    client_max_body_size 20m;\n    proxy_pass http://backend;",
        (
            "KM753 principal/nginx/locations/all.conf | proxy_pass http://backend; | in HERE the route of `all-in-one.kmmotos.hn/api` is `http backend:9000, body 20971520`, and `fastcgi backend:9000, body 20971520` in the topology",
        ),
    ),
    Fault(
        "a body that may be larger",
        "produccion",
        "principal/nginx/locations/all.conf",
        "client_max_body_size 20m",
        "client_max_body_size 200m",
        (
            "KM753 principal/nginx/locations/all.conf | fastcgi_pass backend; | in HERE the route of `all-in-one.kmmotos.hn/api` is `fastcgi backend:9000, body 209715200`, and `fastcgi backend:9000, body 20971520` in the topology",
        ),
    ),
    Fault(
        "a route that takes more than its segment",
        "produccion",
        "principal/nginx/locations/all.conf",
        "location ~ ^/api(?:/|$)",
        "location ~ ^/api",
        (
            "KM753 principal/nginx/locations/all.conf | fastcgi_pass backend; | in HERE the route of `all-in-one.kmmotos.hn/apix` is `fastcgi backend:9000, body 20971520`, and `http frontend:8080, body 1048576` in the topology",
        ),
    ),
    Fault(
        "a route to another container",
        "produccion",
        "principal/nginx/locations/all.conf",
        "proxy_pass http://frontend;",
        "proxy_pass http://backend;",
        (
            "KM753 principal/nginx/locations/all.conf | proxy_pass http://backend; | in HERE the route of `all-in-one.kmmotos.hn/` is `http backend:9000, body 1048576`, and `http frontend:8080, body 1048576` in the topology",
        ),
    ),
    Fault(
        "a WebSocket that is not let through",
        "desarrollo",
        "local/nginx/locations/all.conf",
        "    proxy_set_header Upgrade $kmtopo_upgrade;\n",
        "",
        (
            "KM753 local/nginx/locations/all.conf | proxy_pass http://frontend; | in HERE the route of `central.localhost/` is `http frontend:5173, body 1048576`, and `http frontend:5173, body 1048576, websocket` in the topology",
        ),
    ),
    Fault(
        "a host that is not answered",
        "produccion",
        "principal/nginx/servers.conf",
        "    listen 443 ssl;\n    server_name km-cars.kmmotos.hn;",
        "    listen 443 ssl;\n    server_name kmcars.kmmotos.hn;",
        (
            "KM753 principal/nginx/nginx.conf | http { | in HERE `nginx` lacks the host `km-cars.kmmotos.hn`",
            "KM753 principal/nginx/servers.conf | server_name kmcars.kmmotos.hn; | in HERE `nginx` has the host `kmcars.kmmotos.hn`, which is not in the topology",
        ),
    ),
    Fault(
        "a host too many",
        "produccion",
        "principal/nginx/servers.conf",
        "    server_name central.kmmotos.hn;\n    # from",
        "    server_name central.kmmotos.hn admin.kmmotos.hn;\n    # from",
        (
            "KM753 principal/nginx/servers.conf | server_name central.kmmotos.hn admin.kmmotos.hn; | in HERE `nginx` has the host `admin.kmmotos.hn`, which is not in the topology",
        ),
    ),
    Fault(
        "a host in the map of tenants that is nobody's",
        "produccion",
        "principal/nginx/tenants.map",
        "km-cars.kmmotos.hn km-cars;",
        "km-cars.kmmotos.hn km-cars;\nevil.example km-cars;",
        (
            "KM758 principal/nginx/tenants.map | evil.example km-cars; | in HERE `nginx` has the tenant `evil.example: km-cars`, which is not in the topology",
        ),
    ),
    Fault(
        "a host that leads to another tenant at the proxy",
        "produccion",
        "principal/nginx/tenants.map",
        "km-cars.kmmotos.hn km-cars;",
        "km-cars.kmmotos.hn km-motos;",
        (
            "KM758 principal/nginx/tenants.map | km-cars.kmmotos.hn km-motos; | in HERE the tenant of `nginx` is `km-cars.kmmotos.hn: km-motos`, and `km-cars.kmmotos.hn: km-cars` in the topology",
        ),
    ),
    Fault(
        "a site without TLS",
        "produccion",
        "principal/nginx/servers.conf",
        "    listen 443 ssl;\n    server_name km-motos.kmmotos.hn;",
        "    listen 443;\n    server_name km-motos.kmmotos.hn;",
        (
            "KM753 principal/nginx/servers.conf | server { | in HERE the host of `nginx` is `km-motos.kmmotos.hn`, and `TLS` in the topology",
        ),
    ),
    Fault(
        "another host in an env file",
        "produccion",
        "principal/env/cola.env",
        "DB_HOST=postgres",
        "DB_HOST=postgresql",
        (
            "KM754 principal/env/cola.env | DB_HOST=postgresql | in HERE the variable of `cola` is `DB_HOST: postgresql`, and `DB_HOST: postgres` in the topology",
            "KM754 principal/env/cola.env | DB_HOST=postgresql | in HERE `cola` calls `postgresql`, and does not reach it",
        ),
    ),
    Fault(
        "another port in an env file",
        "produccion",
        "principal/env/backend.env",
        "REDIS_PORT=6379",
        "REDIS_PORT=6380",
        (
            "KM754 principal/env/backend.env | REDIS_PORT=6380 | in HERE the variable of `backend` is `REDIS_PORT: 6380`, and `REDIS_PORT: 6379` in the topology",
            "KM754 principal/env/backend.env | REDIS_HOST=redis | in HERE the connection of `backend` is `redis:6380`, and `redis:6379` in the topology",
        ),
    ),
    Fault(
        "a swapped database in an env file",
        "produccion",
        "principal/env/backend.env",
        "DB_DATABASE=kmmotos_central",
        "DB_DATABASE=tenantkm-motos",
        (
            "KM754 principal/env/backend.env | DB_DATABASE=tenantkm-motos | in HERE the variable of `backend` is `DB_DATABASE: tenantkm-motos`, and `DB_DATABASE: kmmotos_central` in the topology",
            "KM754 principal/env/backend.env | DB_HOST=postgres | in HERE `backend` logs in as `kmmotos_backend (postgres_backend_password) in tenantkm-motos`, whom `postgres` does not know",
        ),
    ),
    Fault(
        "another user in an env file",
        "produccion",
        "principal/env/backend.env",
        "DB_USERNAME=kmmotos_backend",
        "DB_USERNAME=kmmotos_admin",
        (
            "KM754 principal/env/backend.env | DB_USERNAME=kmmotos_admin | in HERE the variable of `backend` is `DB_USERNAME: kmmotos_admin`, and `DB_USERNAME: kmmotos_backend` in the topology",
            "KM754 principal/env/backend.env | DB_HOST=postgres | in HERE `backend` logs in as `kmmotos_admin (postgres_backend_password) in kmmotos_central`, whom `postgres` does not know",
        ),
    ),
    Fault(
        "a wrong database of MongoDB",
        "produccion",
        "principal/compose.yaml",
        "@mongo:27017/kmmotos_central?authSource=kmmotos_central",
        "@mongo:27017/tenantkm-cars?authSource=kmmotos_central",
        (
            "KM754 principal/compose.yaml | command: | in HERE the variable of `backend` is `MONGODB_URI: mongodb://kmmotos_backend:<secret mongo_backend_password>@mongo:27017/tenantkm-cars?authSource=kmmotos_central&connectTimeoutMS=3000&serverSelectionTimeoutMS=3000&socketTimeoutMS=30000`, and `MONGODB_URI: mongodb://kmmotos_backend:<secret mongo_backend_password>@mongo:27017/kmmotos_central?authSource=kmmotos_central&connectTimeoutMS=3000&serverSelectionTimeoutMS=3000&socketTimeoutMS=30000` in the topology",
            "KM754 principal/compose.yaml | command: | in HERE `backend` logs in as `kmmotos_backend (mongo_backend_password) in tenantkm-cars`, whom `mongo` does not know",
        ),
    ),
    Fault(
        "a secret that a shell exports under another name",
        "produccion",
        "principal/compose.yaml",
        'DB_PASSWORD="$$(cat /run/secrets/postgres_backend_password)"',
        'DB_PASSWORD="$$(cat /run/secrets/mongo_backend_password)"',
        (
            "KM754 principal/compose.yaml | command: | in HERE the variable of `backend` is `DB_PASSWORD: <secret mongo_backend_password>`, and `DB_PASSWORD: <secret postgres_backend_password>` in the topology",
            "KM754 principal/env/backend.env | DB_HOST=postgres | in HERE `backend` logs in as `kmmotos_backend (mongo_backend_password) in kmmotos_central`, whom `postgres` does not know",
        ),
    ),
    Fault(
        "a secret too many",
        "produccion",
        "principal/compose.yaml",
        "    secrets: [redis_backend_password, redis_password]",
        "    secrets: [postgres_password, redis_backend_password, redis_password]",
        (
            "KM757 principal/compose.yaml | secrets: [postgres_password, redis_backend_password, redis_password] | in HERE `redis` has the secret `postgres_password`, which is not in the topology",
        ),
    ),
    Fault(
        "a secret that is read and not mounted",
        "produccion",
        "principal/compose.yaml",
        "    secrets: [mongo_backend_password, mongo_password]",
        "    secrets: [mongo_password]",
        (
            "KM757 principal/compose.yaml | mongo: | in HERE `mongo` lacks the secret `mongo_backend_password`",
            'KM757 principal/mongo/provision.js | user("kmmotos_backend", "kmmotos_central", "/run/secrets/mongo_backend_password"); | in HERE `mongo` lacks the secret `mongo_backend_password`',
        ),
    ),
    Fault(
        "a secret whose value is kept elsewhere",
        "produccion",
        "principal/compose.yaml",
        "secrets/produccion}/redis_password",
        "secrets/produccion}/redis_backend_password",
        (
            'KM757 principal/compose.yaml | redis_password: {file: "${KMTOPO_SECRETS:-../../../secrets/produccion}/redis_backend_password"} | in HERE the secret of `principal` is `redis_password: ../../../secrets/produccion/redis_backend_password`, and `redis_password: ../../../secrets/produccion/redis_password` in the topology',
        ),
    ),
    Fault(
        "a volume at another path",
        "produccion",
        "principal/compose.yaml",
        "source: postgres-datos, target: /var/lib/postgresql/data",
        "source: postgres-datos, target: /var/lib/postgresql",
        (
            "KM756 principal/compose.yaml | - {type: volume, source: postgres-datos, target: /var/lib/postgresql} | in HERE `postgres` has the mount `/var/lib/postgresql: volume postgres-datos`, which is not in the topology",
            "KM756 principal/compose.yaml | postgres: | in HERE `postgres` lacks the mount `/var/lib/postgresql/data: volume postgres-datos`",
        ),
    ),
    Fault(
        "a volume of another container",
        "produccion",
        "principal/compose.yaml",
        "source: mongo-datos, target: /data/db",
        "source: redis-datos, target: /data/db",
        (
            "KM756 principal/compose.yaml | - {type: volume, source: redis-datos, target: /data/db} | in HERE the mount of `mongo` is `/data/db: volume redis-datos`, and `/data/db: volume mongo-datos` in the topology",
        ),
    ),
    Fault(
        "a generated folder that may be written",
        "produccion",
        "principal/compose.yaml",
        "        source: ./nginx\n        target: /etc/kmtopo/nginx\n        read_only: true\n",
        "        source: ./nginx\n        target: /etc/kmtopo/nginx\n",
        (
            "KM756 principal/compose.yaml | - type: bind | in HERE the mount of `nginx` is `/etc/kmtopo/nginx: bind ./nginx`, and `/etc/kmtopo/nginx: bind ./nginx read-only` in the topology",
        ),
    ),
    Fault(
        "a dependency that is not waited for",
        "produccion",
        "principal/compose.yaml",
        "      migracion: {condition: service_completed_successfully}\n",
        "",
        (
            "KM759 principal/compose.yaml | backend: | in HERE `backend` lacks the dependency `migracion: completed_successfully`",
        ),
    ),
    Fault(
        "a dependency that need not be well",
        "produccion",
        "principal/compose.yaml",
        "postgres: {condition: service_healthy}\n",
        "postgres: {condition: service_started}\n",
        (
            "KM759 principal/compose.yaml | postgres: {condition: service_started} | in HERE the dependency of `migracion` is `postgres: started`, and `postgres: healthy` in the topology",
        ),
    ),
    Fault(
        "a limit of memory that is gone",
        "produccion",
        "principal/compose.yaml",
        'limits: {cpus: "2", memory: 8g, pids: 512}',
        'limits: {cpus: "2", pids: 512}',
        ("KM759 principal/compose.yaml | postgres: | in HERE `postgres` lacks the setting `memory: 8589934592`",),
    ),
    Fault(
        "a replica too many",
        "produccion",
        "principal/compose.yaml",
        "replicas: 2",
        "replicas: 3",
        (
            "KM759 principal/compose.yaml | replicas: 3 | in HERE the setting of `cola` is `replicas: 3`, and `replicas: 2` in the topology",
        ),
    ),
    Fault(
        "a privileged container",
        "produccion",
        "principal/compose.yaml",
        "    image: redis:7.4.5\n",
        "    image: redis:7.4.5\n    privileged: true\n",
        (
            "KM759 principal/compose.yaml | privileged: true | in HERE `redis` has the setting `privileged: true`, which is not in the topology",
        ),
    ),
    Fault(
        "another image",
        "produccion",
        "principal/compose.yaml",
        "image: mongo:8.0.13",
        "image: mongo:7.0.13",
        (
            "KM759 principal/compose.yaml | image: mongo:7.0.13 | in HERE the setting of `mongo` is `image: mongo:7.0.13`, and `image: mongo:8.0.13` in the topology",
        ),
    ),
    Fault(
        "a service too many",
        "produccion",
        "principal/compose.yaml",
        "\nnetworks:\n",
        '\n  adminer: {image: "adminer:5", networks: [seguridad]}\n\nnetworks:\n',
        (
            'KM759 principal/compose.yaml | adminer: {image: "adminer:5", networks: [seguridad]} | in HERE `principal` has the service `adminer`, which is not in the topology',
        ),
    ),
    Fault(
        "a database that is another's",
        "produccion",
        "principal/postgres/provision.sql",
        "\\set tenant 'km-cars' \\set database 'tenantkm-cars'",
        "\\set tenant 'km-cars' \\set database 'tenantkm-motos'",
        (
            "KM755 principal/postgres/provision.sql | -- Generated by kmtopo. Do not edit: change topology.yaml and run kmtopo build. | in HERE `postgres` lacks the space `tenantkm-cars.public: tenantkm_cars`",
            "KM755 principal/postgres/provision.sql | -- Generated by kmtopo. Do not edit: change topology.yaml and run kmtopo build. | in HERE `postgres` lacks the login `tenantkm_cars_app in tenantkm-cars.public: secret tenants/km_cars_postgres_password, right use, connections 10`",
            "KM755 principal/postgres/provision.sql | \\ir login.sql | in HERE `postgres` has the login `tenantkm_cars_app in tenantkm-motos.public: secret tenants/km_cars_postgres_password, right use, connections 10`, which is not in the topology",
            "KM755 principal/postgres/provision.sql | -- Generated by kmtopo. Do not edit: change topology.yaml and run kmtopo build. | in HERE `postgres` lacks the login `tenantkm_cars_migrate in tenantkm-cars.public: secret migrations/km_cars_postgres_migrate_password, right migrate, connections 3`",
            "KM755 principal/postgres/provision.sql | \\ir login.sql | in HERE `postgres` has the login `tenantkm_cars_migrate in tenantkm-motos.public: secret migrations/km_cars_postgres_migrate_password, right migrate, connections 3`, which is not in the topology",
        ),
    ),
    Fault(
        "a login that owns what it should only use",
        "produccion",
        "principal/postgres/provision.sql",
        "\\set login 'tenantkm_cars_app' \\set secret 'tenants/km_cars_postgres_password' \\set right 'use'",
        "\\set login 'tenantkm_cars_app' \\set secret 'tenants/km_cars_postgres_password' \\set right 'own'",
        (
            "KM755 principal/postgres/provision.sql | \\ir login.sql | in HERE the login of `postgres` is `tenantkm_cars_app in tenantkm-cars.public: secret tenants/km_cars_postgres_password, right own, connections 10`, and `tenantkm_cars_app in tenantkm-cars.public: secret tenants/km_cars_postgres_password, right use, connections 10` in the topology",
        ),
    ),
    Fault(
        "a tenant that is not provisioned",
        "produccion",
        "principal/postgres/provision.sql",
        "-- from tenants.km-motos\n\\set tenant 'km-motos' \\set database 'tenantkm-motos' \\set role 'tenantkm_motos'\n\\ir space.sql\n",
        "",
        (
            "KM755 principal/postgres/provision.sql | -- Generated by kmtopo. Do not edit: change topology.yaml and run kmtopo build. | in HERE `postgres` lacks the space `tenantkm-motos.public: tenantkm_motos`",
            "KM755 principal/postgres/provision.sql | \\ir login.sql | in HERE `postgres` has the login `tenantkm_motos_app in tenantkm-cars.public: secret tenants/km_motos_postgres_password, right use, connections 10`, which is not in the topology",
            "KM755 principal/postgres/provision.sql | -- Generated by kmtopo. Do not edit: change topology.yaml and run kmtopo build. | in HERE `postgres` lacks the login `tenantkm_motos_app in tenantkm-motos.public: secret tenants/km_motos_postgres_password, right use, connections 10`",
            "KM755 principal/postgres/provision.sql | \\ir login.sql | in HERE `postgres` has the login `tenantkm_motos_migrate in tenantkm-cars.public: secret migrations/km_motos_postgres_migrate_password, right migrate, connections 3`, which is not in the topology",
            "KM755 principal/postgres/provision.sql | -- Generated by kmtopo. Do not edit: change topology.yaml and run kmtopo build. | in HERE `postgres` lacks the login `tenantkm_motos_migrate in tenantkm-motos.public: secret migrations/km_motos_postgres_migrate_password, right migrate, connections 3`",
        ),
    ),
    Fault(
        "an overseer too many",
        "produccion",
        "principal/postgres/provision.sql",
        "\\set members 'kmmotos_backend kmmotos_backend_migrate'",
        "\\set members 'kmmotos_backend kmmotos_backend_migrate tenantkm_cars_app'",
        (
            "KM755 principal/postgres/provision.sql | \\ir overseers.sql | in HERE `postgres` has the overseer `tenantkm_cars_app`, which is not in the topology",
        ),
    ),
    Fault(
        "readers that may write",
        "produccion",
        "principal/postgres/space.sql",
        "GRANT SELECT ON TABLES TO %I', owner, reader",
        "GRANT SELECT, UPDATE ON TABLES TO %I', owner, reader",
        (
            "KM755 principal/postgres/space.sql | EXECUTE format('ALTER DEFAULT PRIVILEGES FOR ROLE %I GRANT SELECT, UPDATE ON TABLES TO %I', owner, reader); | in HERE `postgres` has the right `reader: UPDATE on tables`, which is not in the topology",
        ),
    ),
    Fault(
        "a login that is no mere user",
        "produccion",
        "principal/postgres/login.sql",
        "LOGIN INHERIT NOSUPERUSER",
        "LOGIN INHERIT SUPERUSER",
        (
            "KM755 principal/postgres/login.sql | EXECUTE format( | in HERE `postgres` has the right `SUPERUSER`, which is not in the topology",
        ),
    ),
    Fault(
        "users who are owners",
        "produccion",
        "principal/postgres/login.sql",
        "'GRANT %I TO %I', CASE may WHEN 'use' THEN writer",
        "'GRANT %I TO %I', CASE may WHEN 'use' THEN owner",
        (
            "KM755 principal/postgres/login.sql | EXECUTE format('GRANT %I TO %I', CASE may WHEN 'use' THEN owner ELSE owner END, login); | in HERE `postgres` has the right `login: CASE may WHEN 'use' THEN owner ELSE owner END`, which is not in the topology",
            "KM755 principal/postgres/provision.sql | -- Generated by kmtopo. Do not edit: change topology.yaml and run kmtopo build. | in HERE `postgres` lacks the right `login: CASE may WHEN 'use' THEN writer ELSE owner END`",
        ),
    ),
    Fault(
        "everybody's keys in Redis",
        "produccion",
        "principal/redis/users.acl",
        "~kmmotos:produccion:backend:*",
        "~kmmotos:*",
        (
            "KM755 principal/redis/users.acl | user kmmotos_backend on #</run/secrets/redis_backend_password> resetchannels ~kmmotos:* &kmmotos:produccion:backend:* +@all -@admin -@dangerous -@scripting +eval +evalsha +script|exists +script|load -client +client|getname +client|id +client|setname -dbsize -memory -pubsub -randomkey -scan +flushdb | in HERE the login of `redis` is `kmmotos_backend: secret redis_backend_password, keys kmmotos:*, channels kmmotos:produccion:backend:*`, and `kmmotos_backend: secret redis_backend_password, keys kmmotos:produccion:backend:*, channels kmmotos:produccion:backend:*` in the topology",
        ),
    ),
    Fault(
        "dangerous commands in Redis",
        "produccion",
        "principal/redis/users.acl",
        "-@dangerous ",
        "",
        (
            "KM755 principal/redis/users.acl | user kmmotos_backend on #</run/secrets/redis_backend_password> resetchannels ~kmmotos:produccion:backend:* &kmmotos:produccion:backend:* +@all -@admin -@scripting +eval +evalsha +script|exists +script|load -client +client|getname +client|id +client|setname -dbsize -memory -pubsub -randomkey -scan +flushdb | in HERE `redis/kmmotos_backend` has the right `+@dangerous`, which is not in the topology",
        ),
    ),
    Fault(
        "another password in Redis",
        "produccion",
        "principal/redis/users.acl",
        "user kmmotos_backend on #</run/secrets/redis_backend_password>",
        "user kmmotos_backend on nopass",
        (
            "KM754 principal/env/backend.env | REDIS_HOST=redis | in HERE `backend` logs in as `kmmotos_backend (redis_backend_password)`, whom `redis` does not know",
            "KM754 principal/env/cola.env | REDIS_HOST=redis | in HERE `cola` logs in as `kmmotos_backend (redis_backend_password)`, whom `redis` does not know",
            "KM754 principal/env/programador.env | REDIS_HOST=redis | in HERE `programador` logs in as `kmmotos_backend (redis_backend_password)`, whom `redis` does not know",
            "KM755 principal/redis/users.acl | user kmmotos_backend on nopass resetchannels ~kmmotos:produccion:backend:* &kmmotos:produccion:backend:* +@all -@admin -@dangerous -@scripting +eval +evalsha +script|exists +script|load -client +client|getname +client|id +client|setname -dbsize -memory -pubsub -randomkey -scan +flushdb | in HERE the login of `redis` is `kmmotos_backend: secret , keys kmmotos:produccion:backend:*, channels kmmotos:produccion:backend:*`, and `kmmotos_backend: secret redis_backend_password, keys kmmotos:produccion:backend:*, channels kmmotos:produccion:backend:*` in the topology",
            "KM755 principal/redis/users.acl | user kmmotos_backend on nopass resetchannels ~kmmotos:produccion:backend:* &kmmotos:produccion:backend:* +@all -@admin -@dangerous -@scripting +eval +evalsha +script|exists +script|load -client +client|getname +client|id +client|setname -dbsize -memory -pubsub -randomkey -scan +flushdb | in HERE `redis/kmmotos_backend` has the right `nopass`, which is not in the topology",
        ),
    ),
    Fault(
        "a role of MongoDB that is too wide",
        "produccion",
        "principal/mongo/provision.js",
        'grant("tenantkm-cars", {"kmmotos_backend": ["readWrite", "dbAdmin"]})',
        'grant("tenantkm-cars", {"kmmotos_backend": ["root"]})',
        (
            'KM755 principal/mongo/provision.js | grant("tenantkm-cars", {"kmmotos_backend": ["root"]}); | in HERE the right of `mongo` is `kmmotos_backend in tenantkm-cars: root`, and `kmmotos_backend in tenantkm-cars: dbAdmin, readWrite` in the topology',
        ),
    ),
    Fault(
        "a user of MongoDB in another database",
        "produccion",
        "principal/mongo/provision.js",
        'user("kmmotos_backend", "kmmotos_central"',
        'user("kmmotos_backend", "admin"',
        (
            "KM754 principal/compose.yaml | command: | in HERE `backend` logs in as `kmmotos_backend (mongo_backend_password) in kmmotos_central`, whom `mongo` does not know",
            "KM754 principal/compose.yaml | command: | in HERE `cola` logs in as `kmmotos_backend (mongo_backend_password) in kmmotos_central`, whom `mongo` does not know",
            "KM754 principal/compose.yaml | command: | in HERE `migracion` logs in as `kmmotos_backend (mongo_backend_password) in kmmotos_central`, whom `mongo` does not know",
            "KM754 principal/compose.yaml | command: | in HERE `programador` logs in as `kmmotos_backend (mongo_backend_password) in kmmotos_central`, whom `mongo` does not know",
            'KM755 principal/mongo/provision.js | user("kmmotos_backend", "admin", "/run/secrets/mongo_backend_password"); | in HERE the login of `mongo` is `kmmotos_backend: in admin, /run/secrets/mongo_backend_password`, and `kmmotos_backend: in kmmotos_central, /run/secrets/mongo_backend_password` in the topology',
        ),
    ),
    Fault(
        "a host of another tenant in tenants.php",
        "produccion",
        "principal/laravel/tenants.php",
        "'km-cars.kmmotos.hn' => 'km-cars',",
        "'km-cars.kmmotos.hn' => 'km-motos',",
        (
            "KM758 principal/laravel/tenants.php | 'km-cars.kmmotos.hn' => 'km-motos', | in HERE the host of `principal/laravel/tenants.php` is `km-cars.kmmotos.hn: km-motos`, and `km-cars.kmmotos.hn: km-cars` in the topology",
        ),
    ),
    Fault(
        "the password file of another tenant in tenants.php",
        "produccion",
        "principal/laravel/tenants.php",
        "'/run/secrets/tenants/km_cars_postgres_password'",
        "'/run/secrets/tenants/km_motos_postgres_password'",
        (
            "KM758 principal/laravel/tenants.php | 'tenancy_db_password_file' => '/run/secrets/tenants/km_motos_postgres_password', | in HERE the property of `km-cars` is `tenancy_db_password_file: /run/secrets/tenants/km_motos_postgres_password`, and `tenancy_db_password_file: /run/secrets/tenants/km_cars_postgres_password` in the topology",
        ),
    ),
    Fault(
        "the database of another tenant in tenants.php",
        "produccion",
        "principal/laravel/tenants.php",
        "'tenancy_db_name' => 'tenantkm-cars'",
        "'tenancy_db_name' => 'tenantkm-motos'",
        (
            "KM758 principal/laravel/tenants.php | 'tenancy_db_name' => 'tenantkm-motos', | in HERE the property of `km-cars` is `tenancy_db_name: tenantkm-motos`, and `tenancy_db_name: tenantkm-cars` in the topology",
        ),
    ),
    Fault(
        "a tenant that is missing in tenants.php",
        "produccion",
        "principal/laravel/tenants.php",
        "        'km-motos' => [\n            'id' => 'km-motos',",
        "        'km-moto' => [\n            'id' => 'km-motos',",
        (
            "KM758 principal/laravel/tenants.php | 'id' => 'km-motos', | in HERE `principal/laravel/tenants.php` has the tenant `km-moto`, which is not in the topology",
            "KM758 principal/laravel/tenants.php | <?php | in HERE `principal/laravel/tenants.php` lacks the tenant `km-motos`",
        ),
    ),
    Fault(
        "a file that is no YAML",
        "produccion",
        "principal/compose.yaml",
        "services:\n",
        "services: [\n",
        (
            "KM750 principal/compose.yaml | image: kmmotos/backend:1.0.0 | HERE cannot be read back: did not find expected ',' or ']'",
        ),
    ),
    Fault(
        "a file that Nginx would not read",
        "produccion",
        "principal/nginx/servers.conf",
        "    return 308 https://$host$request_uri;\n}",
        "    return 308 https://$host$request_uri;",
        (
            'KM750 principal/nginx/servers.conf | } | HERE cannot be read back: unexpected end of file, expecting "}" in principal/nginx/servers.conf:76',
        ),
    ),
]
