/**
 * Taking working things away for a moment: processes that are replaced by new ones, hosts that are
 * taken out and brought in again. What has to be gone through for one service is its rollout's.
 */
package kolla.runbooks.maintenance;
