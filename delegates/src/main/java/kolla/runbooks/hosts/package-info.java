/** The port to hosts: run an argument vector, put a file, reach the Docker engine. */
package kolla.runbooks.hosts;
