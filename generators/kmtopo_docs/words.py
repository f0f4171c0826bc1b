"""The words of the documents, in the topology's language."""

from __future__ import annotations

from kmtopo.plugin import frozen


@frozen
class Noun:
    """A countable thing."""

    one: str
    many: str

    def counted(self, number: int) -> str:
        """Returns ``1 red``, ``3 redes``."""
        return f"{number} {self.one if number == 1 else self.many}"


@frozen
class Words:
    """Everything that a chapter and its blocks say by themselves."""

    decimal_mark: str
    conjunction: str
    file: str
    asciidoc: str  # what AsciiDoc itself says in the chapter
    chapter: str
    overview: str
    level_1: str
    level_2: str
    motivation: str
    motivation_missing: str
    quality: str
    quality_missing: str
    mapping: str
    networks: str
    tenants: str
    costs: str
    failures: str
    assumptions: str
    container: str
    network: str
    port: str
    ports: str
    published: str
    publishes: str
    resources: str
    of_each: str
    replicas: Noun
    purpose: str
    subnet: str
    internal: str
    members: str
    caller: str
    callee: str
    use: str
    optional: str
    waits: str
    yes: str
    no: str
    legend: str
    calls_many: str
    declared: str
    undeclared: str
    tenant: str
    hosts: str
    zone: str
    branches: str
    data: str
    dedicated: str
    aspect: str
    stage: str
    stages: tuple[tuple[str, str], ...]
    domain: str
    memory_limits: str
    cpu_limits: str
    volumes: str
    cost: str
    alternative: str
    alternative_cost: str
    saving: str
    together: str
    environment: str
    at_most: str
    left: str
    assumed: str
    why: str
    without: str
    down: str
    degraded: str
    tenants_down: str
    no_weak_point: str
    system: str
    engine: str
    address: str
    private_address: str
    location: str
    provider: str
    capacity: str
    cores: str
    of_memory: str
    of_disk: str
    a_month: str
    containers: Noun
    networks_of: Noun
    tenants_of: Noun
    owners: Noun
    same_owner: str
    tenants_many: str
    example: str
    shared_users: str
    own_users: str
    uses: tuple[tuple[str, str], ...]

    def listed(self, items: list[str]) -> str:
        """Joins ``a``, ``a y b``, ``a, b y c``."""
        return "".join(items) if len(items) < 2 else f"{', '.join(items[:-1])} {self.conjunction} {items[-1]}"


SPANISH = Words(
    decimal_mark=",",
    conjunction="y",
    file="07-vista-de-despliegue",
    asciidoc=":lang: es\n:figure-caption: Figura\n",
    chapter="7. Vista de Despliegue: {environment}",
    overview="El entorno {environment} de {project} tiene {counts}.",
    level_1="Nivel de infraestructura 1",
    level_2="Nivel de infraestructura 2",
    motivation="Motivación",
    motivation_missing="TODO: di en docs.motivation de la topología por qué se despliega así.",
    quality="Características de Calidad/Rendimiento",
    quality_missing="TODO: di en docs.quality de la topología qué tan bien debe funcionar.",
    mapping="Mapeo de los Bloques de Construcción a Infraestructura",
    networks="Redes",
    tenants="Tenencias",
    costs="Costos",
    failures="Dependencias y fallas",
    assumptions="Supuestos",
    container="Contenedor e imagen",
    network="Red",
    port="Puerto",
    ports="Puertos",
    published="Publica",
    publishes="publica",
    resources="Recursos",
    of_each="{several} de {each}",
    replicas=Noun("réplica", "réplicas"),
    purpose="Propósito",
    subnet="Subred",
    internal="Interna",
    members="Miembros",
    caller="Quién llama",
    callee="A quién",
    use="Para qué",
    optional="opcional",
    waits="espera a que termine",
    yes="sí",
    no="no",
    legend="Las filas llaman a las columnas: ● declarada, ○ posible aunque nadie la declara, · imposible.",
    calls_many="Se nombra a quién puede llamar cada uno; a los demás no los alcanza.",
    declared="Llamadas declaradas",
    undeclared="Posibles sin declarar",
    tenant="Tenencia",
    hosts="Dominio",
    zone="Zona",
    branches="Sucursales",
    data="Datos",
    dedicated="dedicada",
    aspect="Aspecto",
    stage="Etapa",
    stages=(("development", "desarrollo"), ("test", "pruebas"), ("production", "producción")),
    domain="Dominio",
    memory_limits="Límites de memoria",
    cpu_limits="Límites de CPU",
    volumes="Volúmenes",
    cost="Costo al mes",
    alternative="Alternativa",
    alternative_cost="Costo de la alternativa",
    saving="Ahorro al mes",
    together="En total",
    environment="Entorno",
    at_most="Máximo",
    left="Libre",
    assumed="Elemento",
    why="Por qué",
    without="Si falla",
    down="Caen",
    degraded="Se degradan",
    tenants_down="Tenencias caídas",
    no_weak_point="Ningún punto único de fallo.",
    system="Sistema operativo",
    engine="Docker Engine",
    address="Dirección",
    private_address="Dirección privada",
    location="Ubicación",
    provider="Proveedor",
    capacity="Capacidad",
    cores="{number} CPU",
    of_memory="{size} de memoria",
    of_disk="{size} de disco",
    a_month="{price} al mes",
    containers=Noun("contenedor", "contenedores"),
    networks_of=Noun("red", "redes"),
    tenants_of=Noun("tenencia", "tenencias"),
    owners=Noun("tenencia dedicada", "tenencias dedicadas"),
    same_owner="de la misma tenencia",
    tenants_many="Son demasiadas para una tabla: se muestra una de cada zona. Para ver otra: ",
    example="Por ejemplo",
    shared_users="Las tenencias que comparten procesos comparten también un usuario en {stores}.",
    own_users="Cada tenencia tiene usuarios propios en {stores}.",
    uses=(
        ("cache", "caché"),
        ("mail", "correo"),
        ("queue", "cola"),
        ("reports", "reportes"),
        ("search", "búsqueda"),
        ("sessions", "sesiones"),
    ),
)

ENGLISH = Words(
    decimal_mark=".",
    conjunction="and",
    file="07-deployment-view",
    asciidoc="",
    chapter="7. Deployment View: {environment}",
    overview="The environment {environment} of {project} has {counts}.",
    level_1="Infrastructure Level 1",
    level_2="Infrastructure Level 2",
    motivation="Motivation",
    motivation_missing="TODO: say in docs.motivation of the topology why it is deployed so.",
    quality="Quality and/or Performance Features",
    quality_missing="TODO: say in docs.quality of the topology how well it has to work.",
    mapping="Mapping of Building Blocks to Infrastructure",
    networks="Networks",
    tenants="Tenants",
    costs="Costs",
    failures="Dependencies and failures",
    assumptions="Assumptions",
    container="Container and image",
    network="Network",
    port="Port",
    ports="Ports",
    published="Publishes",
    publishes="publishes",
    resources="Resources",
    of_each="{several} of {each}",
    replicas=Noun("replica", "replicas"),
    purpose="Purpose",
    subnet="Subnet",
    internal="Internal",
    members="Members",
    caller="Who calls",
    callee="Whom",
    use="What for",
    optional="optional",
    waits="waits for its end",
    yes="yes",
    no="no",
    legend="Rows call columns: ● declared, ○ possible though nobody declares it, · impossible.",
    calls_many="Each is listed with whom it may call; it reaches no others.",
    declared="Declared calls",
    undeclared="Possible, undeclared",
    tenant="Tenant",
    hosts="Domain",
    zone="Zone",
    branches="Branches",
    data="Data",
    dedicated="dedicated",
    aspect="Aspect",
    stage="Stage",
    stages=(("development", "development"), ("test", "test"), ("production", "production")),
    domain="Domain",
    memory_limits="Memory limits",
    cpu_limits="CPU limits",
    volumes="Volumes",
    cost="Cost a month",
    alternative="Alternative",
    alternative_cost="Cost of the alternative",
    saving="Saving a month",
    together="In total",
    environment="Environment",
    at_most="At most",
    left="Left",
    assumed="Element",
    why="Why",
    without="If it fails",
    down="Down",
    degraded="Degraded",
    tenants_down="Tenants down",
    no_weak_point="No single point of failure.",
    system="Operating system",
    engine="Docker Engine",
    address="Address",
    private_address="Private address",
    location="Location",
    provider="Provider",
    capacity="Capacity",
    cores="{number} CPU",
    of_memory="{size} of memory",
    of_disk="{size} of disk",
    a_month="{price} a month",
    containers=Noun("container", "containers"),
    networks_of=Noun("network", "networks"),
    tenants_of=Noun("tenant", "tenants"),
    owners=Noun("dedicated tenant", "dedicated tenants"),
    same_owner="of the same tenant",
    tenants_many="They are too many for a table: one of each zone is shown. To see another: ",
    example="For example",
    shared_users="Tenants that share processes share one user of {stores}, too.",
    own_users="Each tenant has users of its own in {stores}.",
    uses=(),
)


def words_for(locale: str) -> Words:
    """Returns the words of a locale such as ``es`` or ``es-HN``; other languages read English."""
    return SPANISH if locale.lower().startswith("es") else ENGLISH
