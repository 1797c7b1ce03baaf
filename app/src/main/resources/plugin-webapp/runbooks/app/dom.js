// Builds elements. Text is always set as text, never as HTML: what a host prints is data.

/**
 * @param {string} spec tag and classes, "div.alert.alert-danger"
 * @param {Object} [attributes] attributes; functions become event listeners
 * @param {...(Node|string|number|null|undefined|Array)} children
 */
export function element(spec, attributes, ...children) {
  const [tag, ...classes] = spec.split('.');
  const node = document.createElement(tag);
  node.classList.add(...classes);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (typeof value === 'function') {
      node.addEventListener(name, value);
    } else if (value !== false && value !== null && value !== undefined) {
      node.setAttribute(name, value === true ? '' : String(value));
    }
  }
  node.append(...children.flat().filter((c) => c !== null && c !== undefined).map(asNode));
  return node;
}

function asNode(child) {
  return child instanceof Node ? child : String(child);
}

/** Replaces what is in a node. */
export function fill(node, ...children) {
  node.replaceChildren(...children.flat().filter((c) => c !== null && c !== undefined));
}

/** Date and time as the reader's browser writes them. */
export function time(instant) {
  return instant ? new Date(instant).toLocaleString() : '';
}

/** A state as a coloured label. */
export function stateLabel(state) {
  const colours = {
    RUNNING: 'kr-underway',
    WAITING_FOR_APPROVAL: 'label-warning',
    FAILED_STEP: 'label-danger',
    SUCCEEDED: 'label-success',
    FAILED: 'label-danger',
  };
  return element(`span.label.${colours[state] ?? 'label-default'}`, {}, words(state));
}

/** FAILED_STEP → failed step */
export function words(state) {
  return state.toLowerCase().replaceAll('_', ' ');
}
