// Marks in the diagram where an instance is now. Cockpit writes its numbers once, when the page is opened, and leaves
// them there while the run goes on; they are hidden as soon as this knows better.
const EVERY_MS = 2000;
const HERE = 'kr-here';

/** Follows an instance in a bpmn-js viewer until stop() is called or the instance has ended. */
export function followInstance(viewer, api, instance) {
  const canvas = viewer.get('canvas');
  const elements = viewer.get('elementRegistry');
  // In a plug-in of the diagram Cockpit's own api.engine is the whole address of the page.
  const engine = window.location.pathname.match(/\/app\/cockpit\/([^/]+)/)[1];
  const address = `${api.baseApi}/engine/${engine}/process-instance/${encodeURIComponent(instance)}/activity-instances`;
  let marked = new Set();
  let stopped = false;
  let timer;

  const mark = (now) => {
    canvas.getContainer().classList.add('kr-followed');
    [...marked].filter((id) => !now.has(id)).forEach((id) => canvas.removeMarker(id, HERE));
    [...now].filter((id) => !marked.has(id)).forEach((id) => canvas.addMarker(id, HERE));
    marked = now;
  };
  const look = async () => {
    try {
      const response = await fetch(address, { credentials: 'same-origin', headers: { Accept: 'application/json' } });
      const tree = response.ok ? await response.json() : null;
      if (stopped) {
        return;
      }
      if (response.ok) {
        mark(new Set(places(tree).filter((id) => elements.get(id))));
      } else if (response.status === 404) {
        mark(new Set());
        return;
      }
    } catch (error) {
      console.warn('runbooks plug-in: where the instance is could not be asked', error);
    }
    timer = stopped ? undefined : setTimeout(look, EVERY_MS);
  };
  look();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

/** The innermost activities of the tree that the engine gives; a loop over an activity counts as the activity. */
function places(activity) {
  const children = activity.childActivityInstances ?? [];
  const waiting = activity.childTransitionInstances ?? [];
  if (children.length === 0 && waiting.length === 0) {
    return [activity.activityId.split('#')[0]];
  }
  return [...children.flatMap(places), ...waiting.map((w) => w.activityId.split('#')[0])];
}
