"""The slots of an environment: what it needs, what each has to hold, and who gets it."""

from __future__ import annotations

from dataclasses import replace

from kmtopo.addresses import Address
from kmtopo.resolve.deployment import Deployment
from kmtopo.resolve.slots import Slot, secret_folders, slot_names, slots, variable_of
from kmtopo.types.stores import DataStore, Login, Space
from topologies import KMMOTOS, checked

SHOP = """\
kmtopo: 1
name: shop
vps: {server: {address: 203.0.113.7}}
containers:
  proxy: {type: nginx, image: "nginx:1.29.5", publish: [443], routes: {/: web}}
  web:
    type: generic
    image: shop/web:1.0.0
    port: 3000
    env: {SMTP_PASSWORD: "${secrets.mail_password}", REDIS_URL: "redis://:${secrets.redis_password}@redis"}
    secrets: [licence]
  redis: {type: redis, image: "redis:7.4.1", networks: [default]}
environments:
  test: {domain: shop.test, tls: self-signed}
"""


def deployed(text: str, environment: str) -> Deployment:
    return checked(text).deployments[environment]


def told(found: tuple[Slot, ...]) -> list[str]:
    return [f"{slot.name}: {slot.content}, for {', '.join(slot.users)}; {slot.address}" for slot in found]


def test_what_a_type_needs_can_be_made_and_the_rest_is_known_to_its_owner() -> None:
    assert told(slots(deployed(SHOP, "test"))) == [
        "licence: free, for web; containers.web",
        "mail_password: free, for web; containers.web",
        "proxy_tls_certificate: certificate, for proxy; containers.proxy",
        "proxy_tls_key: key, for proxy; containers.proxy",
        "redis_password: password, for redis, web; containers.redis",
    ]


def test_a_family_shares_its_key_and_the_former_ones() -> None:
    family = "backend, cola, migracion, programador"

    assert told(slots(deployed(KMMOTOS, "produccion")))[:2] == [
        f"backend_app_key: app-key, for {family}; containers.backend",
        f"backend_app_previous_keys: app-keys, for {family}; containers.backend",
    ]


def test_names_alone_are_those_of_the_slots() -> None:
    deployment = deployed(KMMOTOS, "produccion")

    assert slot_names(deployment) == tuple(slot.name for slot in slots(deployment))


def test_only_former_keys_may_be_none() -> None:
    found = slots(deployed(KMMOTOS, "produccion"))

    assert [slot.name for slot in found if slot.may_be_empty] == ["backend_app_previous_keys"]


def test_a_company_s_slot_is_of_the_company_and_goes_to_whoever_mounts_its_folder() -> None:
    shop = deployed(SHOP, "test")
    company = Address.of("tenants", "km-motos")
    login = Login("km_motos_app", "tenants/km-motos_redis_password", "use")
    store = DataStore(
        container="redis",
        address=Address.of("containers", "redis"),
        kind="database",
        administrator=Login("shop_admin", "redis_password", "own"),
        spaces=(Space("km_motos", company, "km_motos", tenant="km-motos", logins=(login,)),),
        accounts=(),
    )
    web = shop.containers["web"]
    mounting = replace(web, runtime=replace(web.runtime, secret_folders=("tenants",)))
    pooled = replace(shop, containers={**shop.containers, "web": mounting}, data_stores={"redis": store})

    assert slots(pooled)[-1] == Slot(login.secret, "password", ("web",), company, "km-motos")
    assert secret_folders(pooled) == ("tenants",)
    assert secret_folders(shop) == ()


def test_the_variable_of_a_slot_is_a_name_that_every_shell_takes() -> None:
    assert variable_of("mail_password") == "KMTOPO_SECRET_MAIL_PASSWORD"
    assert variable_of("tenants/km_motos_postgres_password") == "KMTOPO_SECRET_TENANTS__KM_MOTOS_POSTGRES_PASSWORD"
