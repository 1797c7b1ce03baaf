// Takes the place of the web application's own configuration file.
export default {
  app: {
    name: 'Cockpit',
    vendor: 'Kolla Runbooks',
  },
  disableWelcomeMessage: true,
  // A cancelled run gives its lease back and writes its result in a listener: it must never be skipped.
  skipCustomListeners: {
    default: false,
    hidden: true,
  },
};
