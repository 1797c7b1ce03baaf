/**
 * What only Keystone has: fernet keys that are the same on every host, its first account, and the
 * catalogue of endpoints. {@link kolla.runbooks.keystone.FernetDecisions} decides about the keys.
 */
package kolla.runbooks.keystone;
