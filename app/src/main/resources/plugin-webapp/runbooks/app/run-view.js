// A run as it goes on: state, failures, steps × hosts beside the log, plan. Asks the server every second.
import { element, fill, stateLabel, time } from './dom.js';
import { address, get, post } from './server.js';

const EVERY_MS = 1000;
const PICTURE_EVERY_MS = 5000;
const MOST_LINES = 5000;
const LOWEST_LOG_PX = 140;
const BELOW_LOG_PX = 12;
const MARKS = { DONE: '✓', BEGUN: '…', FAILED: '✗' };

/**
 * Shows a run in a node until stop() is called or the run has ended.
 *
 * @param {string} first the path of the first question: "run/ID" or "run/of-instance/INSTANCE"
 * @param {function(Object)} [moved] called with the run when it has come to another step
 */
export function showRun(node, api, first, moved = () => {}) {
  let stopped = false;
  let place = '';
  let path = first;
  let last = 0;
  let timer;
  const head = element('div');
  const table = element('div.kr-matrix');
  const plan = planView();
  const probe = probeView(api);
  const log = logView();
  fill(node, element('div.kr-run', {}, head, element('div.kr-live', {}, table, log.node), probe.node, plan.node));

  const look = async () => {
    try {
      const detail = await get(api, `${path}?after=${last}`);
      if (stopped) {
        return;
      }
      path = `run/${encodeURIComponent(detail.run.id)}`;
      last = detail.last;
      fill(head, header(api, detail, look));
      const now = JSON.stringify([detail.run.state, detail.run.currentSteps]);
      if (place && place !== now) {
        moved(detail.run);
      }
      place = now;
      fill(table, matrix(detail.actions, detail.stepNames));
      plan.show(detail);
      probe.show(detail);
      log.fit();
      log.add(detail.lines, detail.stepNames);
      if (detail.run.endedAt && detail.lines.length === 0) {
        return;
      }
    } catch (error) {
      fill(head, element('div.alert.alert-warning', {}, error.code ? `${error.code}: ${error.message}` : error.message));
      if (error.code === 'KR-REST-005') {
        return;
      }
    }
    clearTimeout(timer);
    timer = stopped ? undefined : setTimeout(look, EVERY_MS);
  };
  look();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

function header(api, { run, mayControl }, look) {
  const steps = run.currentSteps.map((s) => (s.service ? `${s.name} (${s.service})` : s.name));
  return element('div', {},
    element('div.kr-head', {},
      element('div', {},
        element('p.kr-facts', {},
          stateLabel(run.state), ' ',
          element('a', { href: `#/runs?run=${encodeURIComponent(run.id)}` }, element('strong', {}, run.id)),
          ` on ${run.cluster} for ticket ${run.ticket}, started by ${run.starter} ${time(run.startedAt)}`,
          run.endedAt ? `, ended ${time(run.endedAt)}` : '',
          element('span.text-muted', {}, ` · ${run.reason}`)),
        steps.length ? element('p.kr-now', {}, 'Now: ', [...new Set(steps)].join(', ')) : null),
      mayControl && !run.endedAt ? controls(api, run, look) : null),
    run.failures.map(failure));
}

function failure(f) {
  return element('div.alert.alert-danger.kr-failure', {},
    element('strong', {}, [f.code, f.host, f.service].filter(Boolean).join(' ')),
    ' ', element('span', {}, f.message),
    f.page ? element('div', {}, 'What to do: ', element('code', {}, f.page)) : null);
}

function controls(api, run, look) {
  const answer = element('span.kr-answer');
  const act = (path, body) => async () => {
    try {
      await post(api, `run/${encodeURIComponent(run.id)}/${path}`, body());
      await look();
    } catch (error) {
      answer.textContent = error.message;
    }
  };
  const cancel = () => {
    const reason = window.prompt('Why is the run cancelled? What was changed stays changed.');
    return reason === null ? undefined : act('cancel', () => ({ reason }))();
  };
  return element('p.kr-controls', {},
    run.failures.length
      ? element('button.btn.btn-primary.btn-sm', { click: act('retry', () => ({})) }, 'Retry the failed step')
      : null,
    ' ',
    element('button.btn.btn-default.btn-sm', { click: cancel }, 'Cancel the run'),
    answer);
}

/** A step as the diagram calls it, and the service it works on: "convergeBatch/mariadb" has both. */
function named(step, names) {
  const [activity, service] = step.split('/');
  return { name: names[activity] ?? activity, service };
}

/** Steps down, the newest at the end, hosts across; a cell says how far the host's actions of that step got. */
function matrix({ hosts, steps, actions }, names) {
  if (actions.length === 0) {
    return element('p.text-muted', {}, 'Nothing has been done to any host.');
  }
  const cell = (host, step) => {
    const here = actions.filter((a) => a.host === host && a.step === step);
    const worst = ['FAILED', 'BEGUN', 'DONE'].find((s) => here.some((a) => a.state === s));
    const told = here.map((a) => `${MARKS[a.state]} ${a.action}: ${a.outcome ?? a.intent}`).join('\n');
    return element(`td.kr-${(worst ?? 'none').toLowerCase()}`, { title: told, 'data-host': host },
      worst ? `${MARKS[worst]} ${here.length > 1 ? here.length : ''}` : '');
  };
  const head = (step) => {
    const { name, service } = named(step, names);
    return element('th', { title: step }, name, service ? element('span.kr-service', {}, ` ${service}`) : null);
  };
  return element('table.table.table-condensed.cam-table', {},
    element('thead', {}, element('tr', {}, element('th', {}, 'Step'), hosts.map((h) => element('th', {}, hostName(h))))),
    element('tbody', {}, steps.map((s) => element('tr', {}, head(s), hosts.map((h) => cell(h, s))))));
}

function hostName(host) {
  return host === '-' ? 'cluster' : host;
}

function planView() {
  const title = element('summary');
  const content = element('div');
  const node = element('details.kr-plan', { hidden: true }, title, content);
  let shown = '';
  return {
    node,
    show({ plan, approvals }) {
      const now = plan ? `${plan.version} ${approvals.length}` : '';
      if (now === shown) {
        return;
      }
      shown = now;
      node.hidden = !plan;
      fill(title, document.createTextNode(`Plan, version ${plan.version}, and ${approvals.length} decision(s)`));
      fill(content,
        element('p', {}, 'Digest ', element('code', {}, plan.digest)),
        approvals.map((a) => element('p', {},
          `${a.person}: ${a.decision} ${time(a.at)} ${a.comment ?? ''}`,
          a.planDigest === plan.digest ? '' : ' (an older plan)')),
        element('pre', {}, plan.text));
    },
  };
}

/** How clients of the cloud fare meanwhile, and the picture of it, which is fetched anew while it is open. */
function probeView(api) {
  const title = element('summary');
  const picture = element('img', { alt: 'How clients fared over time' });
  const node = element('details.kr-plan.kr-probe', { hidden: true, toggle: () => load() }, title, picture);
  let run = '';
  let loaded = 0;
  const load = () => {
    if (node.open && Date.now() - loaded > PICTURE_EVERY_MS) {
      loaded = Date.now();
      picture.src = address(api, `run/${encodeURIComponent(run)}/probe.svg?at=${loaded}`);
    }
  };
  return {
    node,
    show(detail) {
      run = detail.run.id;
      node.hidden = !detail.probe;
      if (detail.probe) {
        const { failed, total, trouble } = detail.probe;
        fill(title, document.createTextNode(
          `Probe: ${failed} of ${total} requests of clients failed${trouble ? `; ${trouble}` : ''}`));
        load();
      }
    },
  };
}

function logView() {
  const lines = [];
  let names = {};
  const text = element('pre.kr-log', { tabindex: 0 });
  const host = element('select.input-sm', { 'aria-label': 'Host', change: () => redraw() }, element('option', { value: '' }, 'all hosts'));
  const step = element('select.input-sm', { 'aria-label': 'Step', change: () => redraw() }, element('option', { value: '' }, 'all steps'));
  const wanted = (l) => (!host.value || l.host === host.value) && (!step.value || l.step === step.value);
  const full = (id) => {
    const { name, service } = named(id, names);
    return service ? `${name} ${service}` : name;
  };
  const write = (l) => {
    const { name, service } = named(l.step, names);
    const at = new Date(l.at).toLocaleTimeString();
    return element(`span.kr-line.kr-${l.level.toLowerCase()}`, { title: full(l.step) },
      `${at} ${hostName(l.host).padEnd(7)} ${(service ?? name).padEnd(12)}  ${l.text}\n`);
  };
  const offer = (select, value, label) => {
    if (![...select.options].some((o) => o.value === value)) {
      select.append(element('option', { value }, label));
    }
  };
  const redraw = () => fill(text, lines.filter(wanted).map(write));
  return {
    node: element('div.kr-follow', {}, element('p.kr-filters', {}, element('strong', {}, 'Log'), ' ', host, ' ', step), text),
    /** The log ends where the pane ends, so that its newest line is seen without scrolling. */
    fit() {
      const pane = scrolling(text);
      const above = text.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop;
      const room = pane.clientHeight - above - BELOW_LOG_PX;
      text.style.height = `${Math.max(LOWEST_LOG_PX, Math.round(room))}px`;
    },
    add(fresh, stepNames) {
      names = stepNames;
      if (fresh.length === 0) {
        return;
      }
      const atEnd = text.scrollHeight - text.scrollTop - text.clientHeight < 40;
      lines.push(...fresh);
      lines.splice(0, Math.max(0, lines.length - MOST_LINES));
      fresh.forEach((l) => { offer(host, l.host, hostName(l.host)); offer(step, l.step, full(l.step)); });
      text.append(...fresh.filter(wanted).map(write));
      if (atEnd) {
        text.scrollTop = text.scrollHeight;
      }
    },
  };
}

/** What scrolls around a node: Cockpit's lower pane, or the page of runs. */
function scrolling(node) {
  for (let around = node.parentElement; around; around = around.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(around).overflowY)) {
      return around;
    }
  }
  return document.documentElement;
}
