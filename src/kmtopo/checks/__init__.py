"""The rules over whole graphs, and the one list of ours; `pyproject.toml` registers it."""

from __future__ import annotations

from kmtopo.checks import (
    capacity,
    connections,
    laravel,
    names,
    policies,
    ports,
    proxies,
    separation,
    sizing,
    stores,
    subnets,
    variables,
)
from kmtopo.checks.rulebook import rulebook, run
from kmtopo.rule import Check, Environments

__all__ = ["RULES", "Check", "Environments", "rulebook", "run"]

RULES: tuple[Check, ...] = (
    Check("KM401", connections.call_cycle),
    Check("KM501", run_all=connections.unreachable_calls),
    Check("KM502", run_all=connections.undeclared_neighbours),
    Check("KM503", run_all=ports.port_conflicts),
    Check("KM504", ports.port_on_internal_only),
    Check("KM505", ports.public_datastore),
    Check("KM506", names.domain_twice),
    Check("KM507", run_all=subnets.subnet_overlap),
    Check("KM508", run_all=policies.policies),
    Check("KM512", run_all=capacity.capacity),
    Check("KM515", capacity.single_limits),
    Check("KM516", variables.image_unpinned),
    Check("KM517", separation.unprovisioned),
    Check("KM518", capacity.unbounded),
    Check("KM519", variables.debug_in_production),
    Check("KM520", variables.literal_credential),
    Check("KM522", variables.scheduler_replicas),
    Check("KM523", variables.legacy_key),
    Check("KM524", variables.key_case),
    Check("KM525", separation.unfit),
    Check("KM526", names.identifier_too_long),
    Check("KM528", ports.nobody_listens),
    Check("KM529", proxies.real_ip),
    Check("KM530", run_all=capacity.test_not_reduced),
    Check("KM531", stores.data_elsewhere),
    Check("KM532", laravel.misspelt_key),
    Check("KM533", variables.url_credential),
    Check("KM534", proxies.limits_behind),
    Check("KM535", sizing.fpm_children),
    Check("KM536", sizing.postgres_buffers),
    Check("KM537", sizing.mongo_cache),
    Check("KM538", sizing.redis_memory),
    Check("KM539", ports.tls_nowhere),
    Check("KM540", laravel.worker_timeouts),
    Check("KM541", laravel.shared_prefix),
    Check("KM542", laravel.wide_session),
    Check("KM543", laravel.vite_secret),
    Check("KM544", laravel.redis_client),
    Check("KM545", stores.shared_administrator),
    Check("KM527", names.secret_collision),
)
