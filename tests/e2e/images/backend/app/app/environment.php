<?php

// What the container was given: variables, and one password in each file.
declare(strict_types=1);

function env(string $name): string
{
    $value = getenv($name);
    if ($value === false) {
        throw new RuntimeException("{$name} is not set");
    }

    return $value;
}

function secret(string $path): string
{
    $value = file_get_contents($path);
    if ($value === false) {
        throw new RuntimeException("{$path} cannot be read");
    }

    return trim($value);
}
