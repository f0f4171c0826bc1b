// Shows the explorer and what is wrong; on each change the explorer is loaded anew at the place where it was.
"use strict";

const frame = document.getElementById("explorer");
const findings = document.getElementById("findings");
const heading = document.getElementById("heading");
let place = location.hash;

const isDrawn = () => frame.contentWindow.location.pathname === "/explorer";

/** The preview's own address and title are the explorer's. */
function remember() {
  if (!isDrawn()) return;
  place = frame.contentWindow.location.hash || place;
  if (place !== location.hash) history.replaceState(null, "", place || "/");
  document.title = `${findings.hidden ? "" : "● "}${frame.contentDocument.title || "kmtopo"}`;
}

/** Errors are shown at once; warnings have their heading, and open where the reader wants them. */
function tell(state) {
  if (state.broken !== findings.classList.contains("broken")) findings.open = state.broken;
  findings.hidden = !state.report;
  findings.classList.toggle("broken", state.broken);
  heading.textContent = state.broken ? heading.dataset.broken : heading.dataset.fine;
  document.getElementById("report").textContent = state.report;
}

async function refresh() {
  const state = await (await fetch("/state")).json();
  tell(state);
  remember();
  if (!state.drawn || state.broken) return;
  if (isDrawn()) frame.contentWindow.location.reload();
  else frame.src = `/explorer${place}`;
}

/** Whoever enters another address here goes there. */
function follow() {
  place = location.hash;
  if (isDrawn()) frame.contentWindow.location.hash = place;
}

const changes = new EventSource("/changes");
changes.onmessage = refresh;
changes.onopen = () => (document.getElementById("lost").hidden = true);
changes.onerror = () => (document.getElementById("lost").hidden = false);
window.addEventListener("hashchange", follow);
setInterval(remember, 500);
