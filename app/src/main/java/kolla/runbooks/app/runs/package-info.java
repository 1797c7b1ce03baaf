/**
 * What people and programs do with runs, whichever way they come in: start, look, decide, retry,
 * cancel. REST and the Cockpit plug-in are thin layers over this.
 */
package kolla.runbooks.app.runs;
