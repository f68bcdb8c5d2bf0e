// @ts-check
/**
 * Sets measures known only to the server as custom properties, because the CSP forbids `style` attributes.
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
