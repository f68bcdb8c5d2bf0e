// @ts-check
/**
 * What an element of ours around a field says of it: whether it is filled in as it should be, and that it takes the
 * focus.
 *
 *   class Moment extends AroundField {}   // <sw-moment data-p="value"><input type="date" required></sw-moment>
 */

export class AroundField extends HTMLElement {
  get field() {
    return /** @type {HTMLInputElement} */ (this.querySelector("input"));
  }

  get validity() {
    return this.field.validity;
  }

  get validationMessage() {
    return this.field.validationMessage;
  }

  checkValidity() {
    return this.field.checkValidity();
  }

  focus() {
    this.field.focus();
  }
}
