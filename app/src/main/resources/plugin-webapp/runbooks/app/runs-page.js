// All runs, those that ended too: Cockpit itself shows only instances that still run.
import { element, fill, stateLabel, time } from './dom.js';
import { get } from './server.js';
import { showRun } from './run-view.js';

const EVERY_MS = 3000;

/** Shows the list, or the run that the address names; returns what stops it. */
export function showRunsPage(node, api) {
  const id = new URLSearchParams(window.location.hash.split('?')[1] ?? '').get('run');
  const content = element('div.kr-page');
  fill(node, content);
  return id ? one(content, api, id) : all(content, api);
}

function one(content, api, id) {
  const view = element('div');
  fill(content, element('h3', {}, element('a', { href: '#/runs' }, 'Runs'), ` / ${id}`), view);
  return showRun(view, api, `run/${encodeURIComponent(id)}`);
}

function all(content, api) {
  let timer;
  let stopped = false;
  const look = async () => {
    try {
      const runs = await get(api, 'run');
      fill(content, element('h3', {}, 'Runs'), table(runs));
    } catch (error) {
      fill(content, element('div.alert.alert-warning', {}, error.message));
    }
    timer = stopped ? undefined : setTimeout(look, EVERY_MS);
  };
  look();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

function table(runs) {
  if (runs.length === 0) {
    return element('p.text-muted', {}, 'No run was started yet. Open a process and choose Start runbook.');
  }
  const heads = ['State', 'Run', 'Runbook', 'Cluster', 'Ticket', 'Started by', 'Started', 'Ended'];
  return element('table.table.cam-table', {},
    element('thead', {}, element('tr', {}, heads.map((h) => element('th', {}, h)))),
    element('tbody', {}, runs.map((r) => element('tr', {},
      element('td', {}, stateLabel(r.state)),
      element('td', {}, element('a', { href: `#/runs?run=${encodeURIComponent(r.id)}` }, r.id)),
      [r.runbook, r.cluster, r.ticket, r.starter, time(r.startedAt), time(r.endedAt)].map((v) => element('td', {}, v))))));
}
