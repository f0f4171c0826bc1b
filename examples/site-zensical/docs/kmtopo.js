// The site's own switch decides which of the two pictures is shown, and not the reader's system alone.
const chosen = () => {
  const dark = document.body.dataset.mdColorScheme === "slate";
  for (const source of document.querySelectorAll('picture > source[srcset$=".dark.svg"]')) {
    source.media = dark ? "all" : "not all";
  }
};
new MutationObserver(chosen).observe(document.body, { attributes: true, attributeFilter: ["data-md-color-scheme"] });
document$.subscribe(chosen);
