"""What the command line says when it is asked a question, in English and Spanish."""

from __future__ import annotations

ANSWERS: dict[str, tuple[str, str]] = {
    "reach": ("Say who reaches whom, and prove it.", "Dice quién alcanza a quién, y lo demuestra."),
    "reach-from": (
        "Container, tenant, network, machine, internet or glob.",
        "Contenedor, tenencia, red, máquina, internet o patrón.",
    ),
    "reach-to": ("The same.", "Lo mismo."),
    "expect": (
        "Fail unless it is so: reachable or unreachable.",
        "Falla si no es así: reachable o unreachable.",
    ),
    "declared": ("Follow only declared calls.", "Sigue solo las llamadas declaradas."),
    "breached": (
        "What an intruder holds: names separated by commas, or all.",
        "Lo que un intruso domina: nombres separados por comas, o all.",
    ),
    "impact": (
        "Say what fails with what; alone, the single points of failure.",
        "Dice qué falla con qué; sin nombres, los puntos únicos de fallo.",
    ),
    "impact-of": ("Container, machine or glob.", "Contenedor, máquina o patrón."),
    "without": ("More that fails at once, separated by commas.", "Lo que falla a la vez, separado por comas."),
    "matrix": ("Show who may talk to whom.", "Muestra quién puede hablar con quién."),
    "answer-format": ("text or json (default: text).", "text o json (por omisión: text)."),
    "no-name": ("nothing is called `{name}`", "nada se llama `{name}`"),
    "no-failure": ("`{name}` is not ours to fail", "`{name}` no es nuestro: no puede fallar aquí"),
    "not-there": ("{environment}: there is no {name}", "{environment}: no hay {name}"),
    "reaches": ("{environment}: {source} reaches {target}", "{environment}: {source} alcanza a {target}"),
    "reaches-not": (
        "{environment}: {source} does not reach {target}",
        "{environment}: {source} no alcanza a {target}",
    ),
    "hop-in": ("{address}:{host_port} → {port}", "{address}:{host_port} → {port}"),
    "hop-out": ("{network}, which is not internal", "{network}, que no es interna"),
    "hop-declared": ("{network}, {port}", "{network}, {port}"),
    "hop-undeclared": ("{network}, {port}, no call declared", "{network}, {port}, sin llamada declarada"),
    "cut-reached": ("  reached: {names}", "  alcanza: {names}"),
    "cut-alone": ("  {source} reaches nothing", "  {source} no alcanza nada"),
    "cut-unpublished": (
        "  nothing is published on an address that is not loopback",
        "  nada se publica en una dirección que no sea de loopback",
    ),
    "cut-end": (
        "  cut at {name}: on {networks} too, but it forwards nothing  {place}",
        "  corte en {name}: también está en {networks}, pero no reenvía nada  {place}",
    ),
    "cut-way-out": (
        "  cut at {name}: {networks} leads out, but it forwards nothing  {place}",
        "  corte en {name}: {networks} da salida, pero no reenvía nada  {place}",
    ),
    "cut-apart": (
        "  no network leads on to {target}, whoever forwards",
        "  ninguna red lleva hasta {target}, reenvíe quien reenvíe",
    ),
    "not-reachable": ("expected to be reachable: {environments}", "se esperaba alcanzable: {environments}"),
    "not-unreachable": ("expected to be unreachable: {environments}", "se esperaba inalcanzable: {environments}"),
    "fails": ("{environment}: without {names}", "{environment}: sin {names}"),
    "down": ("  down", "  caen"),
    "degraded": ("  degraded", "  se degradan"),
    "cut-off": (
        "  cut off: up, but no route from outside is left",
        "  incomunicados: en pie, pero sin ruta desde fuera",
    ),
    "misses": ("without {names}", "sin {names}"),
    "tenants-down": ("  tenants down, {count} of {all}: {names}", "  tenencias caídas, {count} de {all}: {names}"),
    "tenants-degraded": (
        "  tenants degraded, {count} of {all}: {names}",
        "  tenencias degradadas, {count} de {all}: {names}",
    ),
    "nothing-else": ("  nothing else notices", "  nadie más lo nota"),
    "weak": (
        "{environment}: single points of failure, the worst first",
        "{environment}: puntos únicos de fallo, el peor primero",
    ),
    "not-weak": ("{environment}: no single point of failure", "{environment}: ningún punto único de fallo"),
    "weak-entry": (
        "  {name}: stops the entry; {down} of {all} containers and {tenants} tenants down",
        "  {name}: detiene la entrada; caen {down} de {all} contenedores y {tenants} tenencias",
    ),
    "weak-half": (
        "  {name}: {down} of {all} containers and {tenants} tenants down",
        "  {name}: caen {down} de {all} contenedores y {tenants} tenencias",
    ),
    "table": ("{environment}: rows call columns", "{environment}: las filas llaman a las columnas"),
    "legend": (
        "{declared} declared   {undeclared} possible, though nobody declares it   {unreachable} impossible",
        "{declared} declarada   {undeclared} posible, aunque nadie la declara   {unreachable} imposible",
    ),
}
