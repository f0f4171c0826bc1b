<?php

// Answers in JSON what the application sees and can do for the tenant of the request's host.
declare(strict_types=1);

require __DIR__.'/../app/environment.php';
require __DIR__.'/../app/stores.php';
require __DIR__.'/../app/tenancy.php';

header('Content-Type: application/json');
$host = preg_replace('/:\d+\z/', '', $_SERVER['HTTP_HOST']);
$tenant = tenant($host, $_SERVER['HTTP_X_TENANT']);
$given = $_SERVER['REQUEST_METHOD'] === 'POST' ? (string) file_get_contents('php://input') : null;
try {
    $answer = $tenant === null ? null : match (strtok($_SERVER['REQUEST_URI'], '?')) {
        '/api/cache' => cached($tenant, $given),
        '/api/consolidated' => consolidated(),
        '/api/greeting' => require __DIR__.'/../app/greeting.php',
        '/api/jobs' => queued($host, (string) $given),
        '/api/reports' => reports($tenant, $given),
        '/api/request' => request($tenant),
        '/api/sales' => sales($tenant, $given),
        '/api/session' => session($tenant, $given),
        default => null,
    };
} catch (Throwable $why) {
    http_response_code(500);
    $answer = ['error' => $why->getMessage()];
}
if ($answer === null) {
    http_response_code(404);
}
echo json_encode($answer, JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR), "\n";

/** What Nginx says about the request, and who the host belongs to. */
function request(Tenant $tenant): array
{
    return [
        'environment' => env('APP_ENV'),
        'host' => $_SERVER['HTTP_HOST'],
        'scheme' => $_SERVER['REQUEST_SCHEME'],
        'named' => $_SERVER['HTTP_X_TENANT'],
        'tenant' => $tenant->id,
    ];
}

/** What the tenant has sold, and as whom the application reads it. */
function sales(Tenant $tenant, ?string $given): array
{
    $database = $tenant->database();
    if ($given !== null) {
        $database->prepare('INSERT INTO sales (what) VALUES (?)')->execute([$given]);
    }
    $row = $database->query('SELECT current_database() AS database, session_user AS role')->fetch(PDO::FETCH_ASSOC);

    return [...$row, 'sales' => $database->query('SELECT what FROM sales ORDER BY id')->fetchAll(PDO::FETCH_COLUMN)];
}

/** What every tenant has sold, read by the central one. */
function consolidated(): array
{
    return array_map(
        fn (string $name) => own($name)->query('SELECT what FROM sales ORDER BY id')->fetchAll(PDO::FETCH_COLUMN),
        readable(),
    );
}

/** The tenant's reports. */
function reports(Tenant $tenant, ?string $given): array
{
    $collection = $tenant->documents().'.reports';
    if ($given !== null) {
        $write = new MongoDB\Driver\BulkWrite();
        $write->insert(['what' => $given]);
        mongo()->executeBulkWrite($collection, $write);
    }
    $found = mongo()->executeQuery($collection, new MongoDB\Driver\Query([]))->toArray();

    return ['database' => $tenant->documents(), 'reports' => array_map(fn ($report) => $report->what, $found)];
}

/** What a visitor's session holds. */
function session(Tenant $tenant, ?string $given): array
{
    $key = $tenant->prefix().'session';
    if ($given !== null) {
        redis()->set($key, $given);
    }

    return ['key' => $key, 'value' => redis()->get($key)];
}

/** What the cache holds; it is cleared as `php artisan cache:clear` does. */
function cached(Tenant $tenant, ?string $given): array
{
    $redis = redis('REDIS_CACHE_DB');
    $key = $tenant->cachePrefix().'price';
    if ($_SERVER['REQUEST_METHOD'] === 'DELETE') {
        $redis->flushDb();
    }
    if ($given !== null) {
        $redis->set($key, $given);
    }

    return ['key' => $key, 'value' => $redis->get($key)];
}

/** Hands a sale to the queue. */
function queued(string $host, string $what): array
{
    redis()->rPush(env('REDIS_PREFIX').'queues:'.env('REDIS_QUEUE'), json_encode([$host, $what]));

    return ['queued' => $what];
}
