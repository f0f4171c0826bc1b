// The controls above the picture: environment, views, filters, failure, theme.

function options(select, entries, first) {
  const wanted = JSON.stringify(entries);
  if (select.dataset.entries !== wanted) {
    select.dataset.entries = wanted;
    const all = first === null ? entries : [["", first], ...entries];
    select.replaceChildren(...all.map(([id, name]) => made("option", name, { value: id })));
  }
  select.hidden = entries.length < (first === null ? 2 : 1);
}

const titled = (kind) => of(kind).map(([id, one]) => [id, one.title]);

function controls() {
  options($("env"), Object.entries(DATA.environments).map(([name, one]) => [name, one.title]), null);
  options($("net"), titled("network"), WORDS.all_networks);
  options($("vps"), titled("vps").length > 1 ? titled("vps") : [], WORDS.all_vps);
  options($("tenant"), titled("tenant"), WORDS.all_tenants);
  options($("fail"), Object.keys(world().scenarios).map((id) => [id, title(id)]), WORDS.nothing_fails);
  for (const name of ["env", "fail", ...FILTERS]) $(name).value = state[name];
  for (const name of ["fail", ...FILTERS]) $(name).classList.toggle("set", Boolean(state[name]));
  if ($("search").value !== state.q) $("search").value = state.q;
  const set = ["fail", ...FILTERS].filter((name) => state[name]).length;
  $("more").textContent = set ? `${WORDS.filters} (${set})` : WORDS.filters;
  $("clear").disabled = !isChosen();
  tabs();
  theme();
}

function tabs() {
  const shown = page();
  const views = new Map(world().pages.map((one) => [one.view, one.tab]));
  fill($("tabs"), [...views], tab);
  for (const one of $("tabs").children) present(one, Boolean(shown) && one.dataset.view === shown.view);
  const pages = shown ? world().pages.filter((one) => one.view === shown.view) : [];
  options($("page"), pages.map((one) => [one.name, one.label || WORDS.whole]), null);
  $("page").value = state.view;
  document.title = shown ? shown.title : DATA.project;
}

function present(tab, isShown) {
  tab.setAttribute("aria-selected", String(isShown));
  tab.setAttribute("tabindex", isShown ? "0" : "-1");
  if (!isShown) return;
  $("stage").setAttribute("aria-labelledby", tab.id);
  tab.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function tab([view, name]) {
  const attributes = { role: "tab", id: `tab-${view}`, "data-view": view, "aria-controls": "stage" };
  return button(name, () => set({ view: pageOf(view).name }), attributes);
}

/** Makes the children anew only where they are others: a tab that stays keeps the focus. */
function fill(element, entries, make) {
  const wanted = JSON.stringify(entries);
  if (element.dataset.entries === wanted) return;
  element.dataset.entries = wanted;
  element.replaceChildren(...entries.map(make));
}

function turn(event) {
  const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!way) return;
  const all = [...$("tabs").children];
  const here = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
  const next = all[(here + way + all.length) % all.length];
  next.click();
  next.focus();
}

const isDark = () => (state.theme ? state.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);

function theme() {
  if (state.theme) document.documentElement.dataset.theme = state.theme;
  else delete document.documentElement.dataset.theme;
}

function search() {
  state.q = $("search").value;
  controls();
  light();
  panel();
  keep();
}

function clear() {
  set(nothing());
  const first = marks().find(({ element }) => element.tabIndex === 0);
  (first ? first.element : $("search")).focus({ preventScroll: true });
}
