// What the plug-in adds to Cockpit. Whatever goes wrong in here must leave the rest of Cockpit alone: Cockpit
// stays blank when this file cannot be loaded, so it imports nothing itself; its parts come when they are shown.
const part = (file) => import(`./${file}.js`);

/** Renders guarded: an error becomes a line of text where the plug-in would have been. */
function guarded(plugin, draw, tell = couldNotShow) {
  let stop = () => {};
  let shown = 0;
  const failed = (node, error) => {
    console.error(`runbooks plug-in ${plugin.id}`, error);
    tell(node);
  };
  return {
    ...plugin,
    async render(node, data) {
      shown += 1;
      const now = shown;
      try {
        const end = (await draw(node, data)) ?? (() => {});
        if (now === shown) {
          stop = end;
        } else {
          end();
        }
      } catch (error) {
        failed(node, error);
      }
    },
    unmount() {
      shown += 1;
      try {
        stop();
      } catch (error) {
        console.error(`runbooks plug-in ${plugin.id}`, error);
      }
    },
  };
}

function couldNotShow(node) {
  node.textContent = 'The runbooks plug-in could not show this.';
}

const startButton = guarded(
  { id: 'runbooks-start', pluginPoint: 'cockpit.processDefinition.diagram.action', priority: 100 },
  async (node, { api, processDefinitionId }) => {
    const { element, fill } = await part('dom');
    const { get, Refusal } = await part('server');
    const { openStartForm } = await part('start-form');
    const key = String(processDefinitionId).split(':')[0];
    try {
      const form = await get(api, `runbook/${encodeURIComponent(key)}`);
      if (form.mayStart) {
        fill(node, element('button.btn.btn-primary.kr-start', {
          click: () => openStartForm(api, form),
        }, 'Start runbook'));
      }
    } catch (error) {
      // a called process is no runbook: there is nothing to offer
      if (!(error instanceof Refusal)) {
        throw error;
      }
    }
  });

const runTab = guarded(
  {
    id: 'runbooks-run',
    pluginPoint: 'cockpit.processInstance.runtime.tab',
    priority: 100,
    properties: { label: 'Run' },
  },
  async (node, { api, processInstanceId }) => {
    const { showRun } = await part('run-view');
    return showRun(node, api, `run/of-instance/${encodeURIComponent(processInstanceId)}`);
  });

// Draws into Cockpit's own diagram: when it cannot, the diagram stays as Cockpit drew it.
const diagram = guarded(
  { id: 'runbooks-diagram', pluginPoint: 'cockpit.processInstance.diagram.plugin' },
  async (viewer, { api, processInstanceId }) => {
    const { followInstance } = await part('diagram');
    return followInstance(viewer, api, processInstanceId);
  },
  () => {});

const runsPage = guarded(
  { id: 'runbooks-page', pluginPoint: 'cockpit.route', properties: { path: '/runs' } },
  async (node, { api }) => {
    const { showRunsPage } = await part('runs-page');
    return showRunsPage(node, api);
  });

const runsLink = guarded(
  {
    id: 'runbooks-link',
    pluginPoint: 'cockpit.navigation',
    priority: 1,
    checkActive: (path) => path.includes('#/runs'),
  },
  (node) => {
    const link = document.createElement('a');
    link.href = '#/runs';
    link.textContent = 'Runs';
    node.replaceChildren(link);
  });

export default [startButton, runTab, diagram, runsPage, runsLink];
