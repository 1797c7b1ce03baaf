/** The port to hosts over SSH, with sshj. The only package that knows sshj. */
package kolla.runbooks.hosts.ssh;
