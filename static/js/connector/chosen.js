// @ts-check
/**
 * Shows the name of a chosen file beside its button.
 *
 *   <label class="btn btn-sm">Choose file<input class="sr" type="file" data-chosen="that-file"></label>
 *   <span id="that-file">up to 16 MB</span>
 */
document.addEventListener("change", ({ target }) => {
  if (!(target instanceof HTMLInputElement) || !target.dataset.chosen) return;
  const place = document.getElementById(target.dataset.chosen);
  if (place) place.textContent = target.files?.[0]?.name ?? "";
});
