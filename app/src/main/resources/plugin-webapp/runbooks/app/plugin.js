// What the plug-in adds to Cockpit. Whatever goes wrong in here must leave the rest of Cockpit alone.
import { element, fill } from './dom.js';
import { get } from './server.js';
import { openStartForm } from './start-form.js';
import { showRun } from './run-view.js';
import { showRunsPage } from './runs-page.js';

/** Renders guarded: an error becomes a line of text where the plug-in would have been. */
function guarded(plugin, draw) {
  let stop = () => {};
  return {
    ...plugin,
    render(node, data, scope) {
      try {
        stop = draw(node, data, scope) ?? (() => {});
      } catch (error) {
        console.error(`runbooks plug-in ${plugin.id}`, error);
        node.textContent = 'The runbooks plug-in could not show this.';
      }
    },
    unmount() {
      try {
        stop();
      } catch (error) {
        console.error(`runbooks plug-in ${plugin.id}`, error);
      }
    },
  };
}

const startButton = guarded(
  { id: 'runbooks-start', pluginPoint: 'cockpit.processDefinition.diagram.action', priority: 100 },
  (node, { api, processDefinitionId }) => {
    const key = String(processDefinitionId).split(':')[0];
    get(api, `runbook/${encodeURIComponent(key)}`)
      .then((form) => {
        if (form.mayStart) {
          fill(node, element('button.btn.btn-primary.kr-start', {
            click: () => openStartForm(api, form),
          }, 'Start runbook'));
        }
      })
      // a called process is no runbook: there is nothing to offer
      .catch((error) => console.debug('runbooks plug-in', error.message));
  });

const runTab = guarded(
  {
    id: 'runbooks-run',
    pluginPoint: 'cockpit.processInstance.runtime.tab',
    priority: 100,
    properties: { label: 'Run' },
  },
  (node, { api, processInstanceId }, scope) =>
    showRun(node, api, `run/of-instance/${encodeURIComponent(processInstanceId)}`, (run) => {
      if (stillThere(run, processInstanceId)) {
        redrawDiagram(scope);
      }
    }));

/** Whether Cockpit would find the instance: asking for one that ended makes it show an error. */
function stillThere(run, instance) {
  return !run.endedAt
    && (run.links.cockpit?.includes(instance) || run.currentSteps.some((s) => s.instance === instance));
}

/** Cockpit draws the tokens once; this makes it look again. Without it they are merely old. */
function redrawDiagram(scope) {
  try {
    scope?.$applyAsync?.(() => scope.processData?.changed?.('activityInstances'));
  } catch (error) {
    console.debug('runbooks plug-in', error);
  }
}

const runsPage = guarded(
  { id: 'runbooks-page', pluginPoint: 'cockpit.route', properties: { path: '/runs' } },
  (node, { api }) => showRunsPage(node, api));

const runsLink = guarded(
  {
    id: 'runbooks-link',
    pluginPoint: 'cockpit.navigation',
    priority: 1,
    checkActive: (path) => path.includes('#/runs'),
  },
  (node) => fill(node, element('a', { href: '#/runs' }, 'Runs')));

export default [startButton, runTab, runsPage, runsLink];
