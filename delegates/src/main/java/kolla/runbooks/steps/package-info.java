/**
 * The JavaDelegates and listeners: from BPMN variables to a typed call, and back. With the program
 * itself the only room that knows the engine.
 */
package kolla.runbooks.steps;
