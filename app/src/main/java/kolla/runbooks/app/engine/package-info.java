/**
 * The engine: how Camunda is set up, who executes its jobs, and what happens when a program dies.
 * The only package that sees the engine's internals ({@code org.camunda.bpm.engine.impl}).
 *
 * <p>A job is locked for a day by the node that took it. It is freed by that node itself (it ends
 * the step, is stopped, or starts again) or, when the node's heart has stopped, by a peer.
 */
package kolla.runbooks.app.engine;
