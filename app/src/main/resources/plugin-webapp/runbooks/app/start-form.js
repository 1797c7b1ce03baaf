// The form that starts a runbook, generated from what its start form declares.
import { element, fill } from './dom.js';
import { Refusal, post } from './server.js';

const COMMON = ['cluster', 'ticket', 'reason'];

/** Opens the form over the page. */
export function openStartForm(api, form) {
  const rows = form.inputs.map((input) => row(input, form.clusters));
  const problem = element('div.kr-problem', { role: 'alert' });
  const start = element('button.btn.btn-primary', { type: 'submit' }, 'Start');
  const close = () => {
    overlay.remove();
    document.removeEventListener('keydown', onKey);
  };
  const onKey = (event) => event.key === 'Escape' && close();
  const submit = async (event) => {
    event.preventDefault();
    start.disabled = true;
    clear(rows, problem);
    try {
      const run = await post(api, 'runbook/start', values(form, rows));
      close();
      window.location.hash = run.instance
        ? `#/process-instance/${run.instance}/runtime?detailsTab=runbooks-run`
        : `#/runs?run=${encodeURIComponent(run.run)}`;
    } catch (error) {
      show(error, rows, problem);
    } finally {
      start.disabled = false;
    }
  };
  const overlay = element('div.kr-overlay', { role: 'dialog', 'aria-modal': 'true', 'aria-labelledby': 'kr-start-title' },
    element('form.kr-dialog', { submit, novalidate: true },
      element('h3', { id: 'kr-start-title' }, form.title),
      element('p.text-muted', {}, form.description),
      element('p', {},
        element('span.label.label-default', {}, `risk: ${form.risk}`), ' ',
        element('span.label.label-default', {}, `approval: ${form.approval}`)),
      rows.map((r) => r.node),
      problem,
      element('div.kr-buttons', {},
        element('button.btn.btn-default', { type: 'button', click: close }, 'Close'), start)));
  document.body.append(overlay);
  document.addEventListener('keydown', onKey);
  rows[0]?.field.focus();
}

function row(input, clusters) {
  const id = `kr-${input.name}`;
  const help = element('span.help-block.kr-error');
  const field = fieldOf(input, clusters, id);
  const required = input.required ? ' *' : '';
  return {
    input,
    field,
    help,
    node: element(`div.form-group`, {},
      element('label', { for: id }, input.label + required),
      field,
      input.description ? element('span.help-block', {}, input.description) : null,
      help),
  };
}

function fieldOf(input, clusters, id) {
  const choices = input.name === 'cluster' ? clusters.map((c) => ({ value: c, label: c })) : input.choices;
  if (choices.length > 0) {
    const several = input.type === 'STRINGS';
    const select = element('select.form-control', { id, name: input.name, multiple: several });
    if (!several && !(input.name === 'cluster' && choices.length === 1)) {
      select.append(element('option', { value: '' }, ''));
    }
    select.append(...choices.map((c) =>
      element('option', { value: c.value, selected: c.value === input.otherwise }, c.label)));
    return select;
  }
  switch (input.type) {
    case 'BOOLEAN':
      return element('input', { id, name: input.name, type: 'checkbox', checked: input.otherwise === true });
    case 'INTEGER':
    case 'NUMBER':
      return element('input.form-control', {
        id, name: input.name, type: 'number', step: input.type === 'INTEGER' ? 1 : 'any', value: input.otherwise,
      });
    default:
      return input.name === 'reason'
        ? element('textarea.form-control', { id, name: input.name, rows: 2 })
        : element('input.form-control', { id, name: input.name, type: 'text', value: input.otherwise });
  }
}

function values(form, rows) {
  const body = { runbook: form.runbook, parameters: {} };
  for (const { input, field } of rows) {
    const target = COMMON.includes(input.name) ? body : body.parameters;
    const value = valueOf(input, field);
    if (value !== null) {
      target[input.name] = value;
    }
  }
  return body;
}

function valueOf(input, field) {
  switch (input.type) {
    case 'BOOLEAN':
      return field.checked;
    case 'STRINGS':
      return [...field.selectedOptions].map((o) => o.value);
    case 'INTEGER':
    case 'NUMBER':
      return field.value === '' ? null : Number(field.value);
    default:
      return field.value;
  }
}

function clear(rows, problem) {
  fill(problem);
  for (const { node, help } of rows) {
    node.classList.remove('has-error');
    help.textContent = '';
  }
}

/** Errors stand next to the fields that they name; what names none stands below. */
function show(error, rows, problem) {
  const rest = [];
  for (const wrong of error instanceof Refusal ? error.errors : []) {
    const name = wrong.field.replace(/^parameters\./, '');
    const at = rows.find((r) => r.input.name === name);
    if (at) {
      at.node.classList.add('has-error');
      at.help.textContent = `should be ${wrong.expected}`;
    } else {
      rest.push(`${wrong.field}: should be ${wrong.expected}`);
    }
  }
  const title = error.code ? `${error.code}: ${error.message}` : error.message;
  fill(problem, element('div.alert.alert-danger', {}, title, rest.map((r) => element('div', {}, r))));
}
