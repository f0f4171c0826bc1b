<?php

// What a package for tenancy does: finds the tenant of a host, and that tenant's places in the stores.
declare(strict_types=1);

/** Where the data of one tenant lies; without an entry of the list it is what the variables say. */
final class Tenant
{
    public function __construct(public readonly string $id, private readonly array $entry = [])
    {
    }

    public function database(): PDO
    {
        if (! isset($this->entry['tenancy_db_name'])) {
            return own();
        }
        $who = getenv('KMTOPO_TENANTS_LOGIN') === 'migrate' ? $this->entry['migrate'] ?? $this->entry : $this->entry;

        return postgres(
            $this->entry['tenancy_db_name'],
            $who['tenancy_db_username'],
            secret($who['tenancy_db_password_file']),
        );
    }

    /** The name of its database of documents. */
    public function documents(): string
    {
        return $this->entry['mongodb_database'] ?? env('MONGODB_DATABASE');
    }

    /** What its keys begin with. */
    public function prefix(): string
    {
        return $this->entry['redis_prefix'] ?? env('REDIS_PREFIX');
    }

    /** What its keys in the cache begin with. */
    public function cachePrefix(): string
    {
        return env('REDIS_PREFIX').($this->entry['cache_prefix'] ?? env('CACHE_PREFIX'));
    }
}

/** The generated list; a process that serves a single tenant has none. */
function directory(): ?array
{
    $path = getenv('KMTOPO_TENANTS');

    return $path === false ? null : require $path;
}

/** The tenant of a host, null for a host of nobody's. */
function tenant(string $host, string $named): ?Tenant
{
    $directory = directory();
    if ($directory === null) {
        return new Tenant($named);
    }
    $id = $directory['hosts'][$host] ?? null;

    return $id === null ? null : new Tenant($id, $directory['tenants'][$id] ?? []);
}

/** All tenants that have a database of their own in this application. */
function tenants(): array
{
    $entries = directory()['tenants'] ?? [];

    return array_map(fn (string $id) => new Tenant($id, $entries[$id]), array_keys($entries));
}

/** What the central tenant may read: the databases of all others, by their names. */
function readable(): array
{
    $directory = directory() ?? [];
    $entries = [...$directory['tenants'] ?? [], ...$directory['dedicated'] ?? []];

    return array_map(fn (array $entry) => $entry['tenancy_db_name'], $entries);
}
