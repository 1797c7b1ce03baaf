/** Puts the product together: domain objects from settings, steps for the engine. */
package kolla.runbooks.app.wiring;
