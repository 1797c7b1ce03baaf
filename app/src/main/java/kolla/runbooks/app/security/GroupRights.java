package kolla.runbooks.app.security;

import static org.camunda.bpm.engine.authorization.Authorization.ANY;
import static org.camunda.bpm.engine.authorization.Authorization.AUTH_TYPE_GRANT;

import java.util.List;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;

/**
 * What each group may do in the engine, and nothing else. Approvers get their tasks from Camunda as
 * the tasks' candidate group. Nobody but administrators may change an instance or its variables:
 * that would be a way around the approval.
 */
final class GroupRights {

    private static final Permission[] LOOK = {
        ProcessDefinitionPermissions.READ,
        ProcessDefinitionPermissions.READ_INSTANCE,
        ProcessDefinitionPermissions.READ_HISTORY,
        ProcessDefinitionPermissions.READ_TASK
    };

    private final AuthorizationService authorizations;

    GroupRights(AuthorizationService authorizations) {
        this.authorizations = authorizations;
    }

    /** The rights of a group that was just made. */
    void give(Role role) {
        switch (role) {
            case OPERATOR -> {
                applications(role, "cockpit", "tasklist");
                grant(role, Resources.PROCESS_DEFINITION, ANY, LOOK);
                grant(
                        role,
                        Resources.PROCESS_DEFINITION,
                        ANY,
                        ProcessDefinitionPermissions.RETRY_JOB,
                        ProcessDefinitionPermissions.DELETE_INSTANCE);
                grant(role, Resources.PROCESS_INSTANCE, ANY, Permissions.CREATE);
            }
            case APPROVER -> {
                applications(role, "cockpit", "tasklist");
                grant(role, Resources.PROCESS_DEFINITION, ANY, LOOK);
            }
            case VIEWER -> {
                applications(role, "cockpit");
                grant(role, Resources.PROCESS_DEFINITION, ANY, LOOK);
            }
            case ADMIN -> {
                for (Resource resource : Resources.values()) {
                    grant(role, resource, ANY, Permissions.ALL);
                }
            }
        }
    }

    /**
     * Operators may start runbooks and no other process: a called process started by hand would act
     * without a plan that somebody approved.
     */
    void letOperatorsStart(String runbook) {
        grant(
                Role.OPERATOR,
                Resources.PROCESS_DEFINITION,
                runbook,
                ProcessDefinitionPermissions.CREATE_INSTANCE);
    }

    /** Everybody with a role sees this list in Tasklist. */
    void letAllSeeFilter(String filter) {
        for (Role role : List.of(Role.OPERATOR, Role.APPROVER, Role.VIEWER)) {
            grant(role, Resources.FILTER, filter, Permissions.READ);
        }
    }

    private void applications(Role role, String... names) {
        for (String name : names) {
            grant(role, Resources.APPLICATION, name, Permissions.ACCESS);
        }
    }

    /** Adds to what the group has on this resource already. */
    private void grant(Role role, Resource resource, String id, Permission... permissions) {
        Authorization authorization =
                authorizations
                        .createAuthorizationQuery()
                        .groupIdIn(role.group())
                        .resourceType(resource)
                        .resourceId(id)
                        .authorizationType(AUTH_TYPE_GRANT)
                        .singleResult();
        if (authorization == null) {
            authorization = authorizations.createNewAuthorization(AUTH_TYPE_GRANT);
            authorization.setGroupId(role.group());
            authorization.setResource(resource);
            authorization.setResourceId(id);
        }
        for (Permission permission : permissions) {
            authorization.addPermission(permission);
        }
        authorizations.saveAuthorization(authorization);
    }
}
