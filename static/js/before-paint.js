// Runs before the first paint: restores the widths of panels, so that the layout does not shift, and notices what is
// typed before there are modules (see lib/morph.js). Deliberately a classic script, as modules run too late.
for (const side of ["left", "right"]) {
  const root = document.documentElement;
  const width = localStorage.getItem(`panel:${root.dataset.tab}:${side}`);
  if (width) root.style.setProperty(`--${side}-kept`, `${Number(width)}px`);
}

document.addEventListener("input", (event) => {
  if (event.target instanceof Element) event.target.closest("[hx-post][name]")?.toggleAttribute("data-unsaved", true);
});
