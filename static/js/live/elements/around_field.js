// @ts-check
/**
 * The base class of custom elements around a field: exposes the field's validity, and passes the focus on to it.
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
