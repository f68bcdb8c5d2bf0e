// @ts-check
/**
 * Measures that only the server knows, as custom properties: what a `style` attribute would do under a looser policy.
 *
 *   <i class="wf-stream" data-vars="at:5.8% len:43%"></i>      →  --at: 5.8%; --len: 43%
 */
import { onArrived } from "lib/htmx";

/** @param {Element} root */
export function apply(root) {
  for (const element of [root, ...root.querySelectorAll("[data-vars]")]) {
    if (!(element instanceof HTMLElement || element instanceof SVGElement)) continue;
    for (const pair of (element.dataset.vars || "").split(" ").filter(Boolean)) {
      const [name, value] = pair.split(":");
      element.style.setProperty(`--${name}`, value);
    }
  }
}

apply(document.documentElement);
onArrived(apply);
