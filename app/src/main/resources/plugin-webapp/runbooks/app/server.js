// Talks to the plug-in's own addresses behind Cockpit's session.

/** A refusal of the server's: a problem detail with code, detail and errors. */
export class Refusal extends Error {
  constructor(problem) {
    super(problem.detail || problem.title || 'The server refused without a reason');
    this.code = problem.code;
    this.page = problem.page;
    this.errors = problem.errors ?? [];
  }
}

export function get(api, path) {
  return call(api, path, { method: 'GET' });
}

export function post(api, path, body) {
  return call(api, path, { method: 'POST', body: JSON.stringify(body ?? {}) });
}

/** Where a page finds what is below the plug-in's own addresses, a picture for example. */
export function address(api, path) {
  return `${api.cockpitApi}/plugin/runbooks/${api.engine}/${path}`;
}

async function call(api, path, options) {
  const response = await fetch(address(api, path), {
    ...options,
    credentials: 'same-origin',
    headers: {
      Accept: 'application/json, application/problem+json',
      'Content-Type': 'application/json',
      'X-XSRF-TOKEN': api.CSRFToken,
    },
  });
  const text = await response.text();
  let content = {};
  try {
    content = text ? JSON.parse(text) : {};
  } catch {
    content = { detail: `The server answered ${response.status} without JSON` };
  }
  if (!response.ok) {
    throw new Refusal(content);
  }
  return content;
}
