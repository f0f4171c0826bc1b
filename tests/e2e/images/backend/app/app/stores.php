<?php

// The connections of config/database.php, made from the variables as Laravel makes them.
declare(strict_types=1);

function postgres(string $database, string $user, string $password): PDO
{
    return new PDO(
        sprintf('pgsql:host=%s;port=%s;dbname=%s', env('DB_HOST'), env('DB_PORT'), $database),
        $user,
        $password,
        [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION, PDO::ATTR_TIMEOUT => (int) env('DB_TIMEOUT')],
    );
}

/** The database that the variables name, or another one as the same user. */
function own(?string $database = null): PDO
{
    return postgres($database ?? env('DB_DATABASE'), env('DB_USERNAME'), env('DB_PASSWORD'));
}

/** One connection of phpredis; the cache's is another database of the same server. */
function redis(string $database = 'REDIS_DB'): Redis
{
    $redis = new Redis();
    $redis->connect(env('REDIS_HOST'), (int) env('REDIS_PORT'), 3.0);
    $user = getenv('REDIS_USERNAME');
    $redis->auth($user === false ? env('REDIS_PASSWORD') : [$user, env('REDIS_PASSWORD')]);
    $redis->select((int) env($database));

    return $redis;
}

function mongo(): MongoDB\Driver\Manager
{
    return new MongoDB\Driver\Manager(env('MONGODB_URI'));
}
