// @ts-check
/** The tabs of the property panel as actions, so that they can be found by name in the command palette. */
import { action } from "lib/actions";

const TABS = [
  { name: "properties", label: "Properties", icon: "list" },
  { name: "layout", label: "Layout", icon: "row" },
  { name: "style", label: "Style", icon: "sliders" },
  { name: "conditions", label: "Conditions", icon: "condition" },
];

for (const { name, label, icon } of TABS) {
  const tab = () => document.getElementById(`tab-${name}`);
  const run = () => {
    tab()?.click();
    tab()?.focus();
  };
  action({ name: `panel-${name}`, label: `${label} of what is selected`, icon, group: "Elements", when: tab, run });
}
