// @ts-check
/**
 * Runs inside the sandboxed frame of an author's own HTML: reports its height, also on request, and opens its links in
 * a new tab.
 *
 *     <script src="/static/js/live/framed.js" defer></script>
 */

{
  const root = document.documentElement;
  const tell = () => parent.postMessage({ height: root.offsetHeight }, "*");
  // A frame that is out of view is not rendered, so its size is not observed; the page still asks for it.
  tell();
  addEventListener("load", tell);
  addEventListener("message", (event) => event.source === parent && tell());
  new ResizeObserver(tell).observe(root);
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (link && !link.getAttribute("href")?.startsWith("#")) link.setAttribute("target", "_blank");
  });
}
