// Shows the explorer and what is wrong; on each change the explorer is loaded anew at the place where it was.
"use strict";

const frame = document.getElementById("explorer");
const findings = document.getElementById("findings");
const heading = document.getElementById("heading");
let place = location.hash;

function remember() {
  const inside = frame.contentWindow;
  if (inside && inside.location.pathname === "/explorer") place = inside.location.hash || place;
  if (place !== location.hash) history.replaceState(null, "", place || "/");
}

async function refresh() {
  const state = await (await fetch("/state")).json();
  findings.hidden = !state.report;
  findings.classList.toggle("broken", state.broken);
  heading.textContent = state.broken ? heading.dataset.broken : heading.dataset.fine;
  document.getElementById("report").textContent = state.report;
  document.title = `${state.report ? "● " : ""}kmtopo`;
  if (!state.drawn || state.broken) return;
  remember();
  if (frame.contentWindow.location.pathname === "/explorer") {
    frame.contentWindow.location.reload();
  } else {
    frame.src = `/explorer${place}`;
  }
}

const changes = new EventSource("/changes");
changes.onmessage = refresh;
changes.onopen = () => (document.getElementById("lost").hidden = true);
changes.onerror = () => (document.getElementById("lost").hidden = false);
setInterval(remember, 500);
