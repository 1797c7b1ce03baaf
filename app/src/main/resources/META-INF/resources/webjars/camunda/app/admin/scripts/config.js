// Takes the place of the web application's own configuration file.

// On a busy machine the web application's parts may take longer than the 7 s after which it gives up and stays blank.
// Its own setting for that, requireJsConfig, comes too late: it is read when the parts are there.
window.require?.config?.({ waitSeconds: 60 });

export default {
  app: {
    name: 'Admin',
    vendor: 'Kolla Runbooks',
  },
  disableWelcomeMessage: true,
  // A cancelled run gives its lease back and writes its result in a listener: it must never be skipped.
  skipCustomListeners: {
    default: false,
    hidden: true,
  },
};
