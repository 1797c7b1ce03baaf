// Takes the place of the web application's own configuration file.
export default {
  app: {
    name: 'Tasklist',
    vendor: 'Kolla Runbooks',
  },
  disableWelcomeMessage: true,
};
