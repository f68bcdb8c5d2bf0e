// @ts-check
/**
 * Runs inside the sealed frame of an author's own HTML: says how tall it is, also when it is asked, and lets its links
 * open apart.
 *
 *     <script src="/static/js/live/framed.js" defer></script>
 */

{
  const root = document.documentElement;
  const tell = () => parent.postMessage({ height: root.offsetHeight }, "*");
  // A frame that is out of view is not drawn, and its sizes are not observed; it is asked all the same.
  tell();
  addEventListener("load", tell);
  addEventListener("message", (event) => event.source === parent && tell());
  new ResizeObserver(tell).observe(root);
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (link && !link.getAttribute("href")?.startsWith("#")) link.setAttribute("target", "_blank");
  });
}
