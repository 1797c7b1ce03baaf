/** The REST API: thin controllers over {@code runs}, problem details, OpenAPI. */
package kolla.runbooks.app.api;
