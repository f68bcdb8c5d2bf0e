// Runs before the first paint: panels have the width this person gave them, so that nothing jumps.
// A classic script on purpose: modules run too late for this.
for (const side of ["left", "right"]) {
  const root = document.documentElement;
  const width = localStorage.getItem(`panel:${root.dataset.tab}:${side}`);
  if (width) root.style.setProperty(`--${side}-kept`, `${Number(width)}px`);
}
