// The keyboard: the way from one thing of the picture to the next, and a key for what a mouse has a button for.

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** The arrow keys go from one thing of the picture to the next in that direction. */
function step(event) {
  const way = WAYS[event.key];
  const here = event.target.closest(".mark");
  if (!way || !here) return;
  event.preventDefault();
  const from = spot(here);
  const [next] = marks()
    .filter(({ element }) => element !== here)
    .map(({ element }) => ({ element, far: distance(from, spot(element), way) }))
    .filter((one) => one.far < Infinity)
    .sort((one, other) => one.far - other.far);
  if (next) next.element.focus();
}

/** Where a thing is looked for: in its middle, those that hold others where their name is. */
function spot(element) {
  const box = element.getBoundingClientRect();
  if (element.dataset.node) return [box.left + box.width / 2, box.top + box.height / 2];
  return [box.left + Math.min(box.width / 2, 60), box.top + Math.min(box.height / 2, 12)];
}

function distance([x, y], [u, v], way) {
  const forward = (u - x) * way[0] + (v - y) * way[1];
  const aside = Math.abs((u - x) * way[1]) + Math.abs((v - y) * way[0]);
  return forward > 1 ? forward + 2 * aside : Infinity;
}

/** One thing of the picture is on the way of the Tab key: the one that had the focus last. */
function rove(event) {
  const here = event.target.closest(".mark");
  if (!here) return;
  for (const { element } of marks()) element.setAttribute("tabindex", element === here ? "0" : "-1");
  if (here.matches(":focus-visible") && here.dataset.node) reveal(here, 1);
}

const KEYS = {
  "/": () => $("search").focus(),
  "+": () => zoom(0.8),
  "=": () => zoom(0.8),
  "-": () => zoom(1.25),
  0: fit,
  Escape: () => set(nothing()),
};

function keys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("input, select")) return inField(event);
  const isPress = event.key === "Enter" || event.key === " ";
  if (Object.hasOwn(KEYS, event.key)) KEYS[event.key]();
  else if (isPress && event.target.closest(".mark")) pickAt(event.target);
  else return along(event);
  return event.preventDefault();
}

/** The arrow keys lead along what has the focus: tabs, a list of the panel, the picture. */
function along(event) {
  if (event.target.closest("#tabs")) turn(event);
  else if (event.target.closest(".thing")) walk(event);
  else step(event);
}

/** From one thing of the panel to the next; before the first is the search. */
function walk(event) {
  const way = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!way) return;
  const all = [...$("panel").querySelectorAll(".thing")];
  const next = all.indexOf(event.target) + way;
  (all[next] || (next < 0 ? $("search") : event.target)).focus();
  event.preventDefault();
}

function inField(event) {
  if (event.target.id !== "search") return;
  if (event.key === "Escape") {
    $("search").value = "";
    search();
  } else if (event.key === "Enter" && matches().length) choose(matches()[0]);
  else if (event.key === "ArrowDown") walk(event);
}
