package kolla.runbooks.app.security;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the groups with their rights, the users of the users file and always an administrator, so
 * that Camunda's set-up page has nothing to offer. What is there already stays as it is: people
 * change their passwords, and administrators the rights.
 */
final class FirstUsers {

    private static final Logger LOG = LoggerFactory.getLogger(FirstUsers.class);
    private static final String ADMIN = "admin";

    private final IdentityService identity;
    private final FilterService filters;
    private final TaskService tasks;
    private final GroupRights rights;

    FirstUsers(
            IdentityService identity,
            FilterService filters,
            TaskService tasks,
            GroupRights rights) {
        this.identity = identity;
        this.filters = filters;
        this.tasks = tasks;
        this.rights = rights;
    }

    /**
     * @param passwordFile where a generated administrator's password goes
     * @throws UsersFileException when the users file is not as it should be
     */
    void create(Optional<Path> usersFile, Path passwordFile, List<String> runbooks) {
        List<NewUser> users = new ArrayList<>(usersFile.map(UsersFile::read).orElse(List.of()));
        boolean first = identity.createGroupQuery().groupId(Role.ADMIN.group()).count() == 0;
        for (Role role : Role.values()) {
            createGroup(role);
        }
        if (first) {
            createTaskFilter(
                    "Plans to approve",
                    "Runs that wait for an approver, before the first change or between two",
                    1,
                    "approvePlan",
                    "goOn");
            createTaskFilter("Hosts that are out", "Runs that wait for a host", 2, "hostIsOut");
        }
        runbooks.forEach(rights::letOperatorsStart);
        users.forEach(this::createUser);
        if (identity.createUserQuery().memberOfGroup(Role.ADMIN.group()).count() == 0) {
            createAdmin(usersFile, passwordFile);
        }
    }

    private void createGroup(Role role) {
        if (identity.createGroupQuery().groupId(role.group()).count() > 0) {
            return;
        }
        Group group = identity.newGroup(role.group());
        group.setName(role.group());
        group.setType(role == Role.ADMIN ? "SYSTEM" : "WORKFLOW");
        identity.saveGroup(group);
        rights.give(role);
    }

    private void createUser(NewUser wanted) {
        if (identity.createUserQuery().userId(wanted.id()).count() > 0) {
            return;
        }
        User user = identity.newUser(wanted.id());
        user.setFirstName(wanted.firstName());
        user.setLastName(wanted.lastName());
        user.setPassword(wanted.password());
        identity.saveUser(user);
        wanted.groups().forEach(g -> identity.createMembership(wanted.id(), g));
        LOG.info("user {} made, in groups {}", wanted.id(), wanted.groups());
    }

    private void createAdmin(Optional<Path> usersFile, Path passwordFile) {
        if (identity.createUserQuery().userId(ADMIN).count() > 0) {
            throw new UsersFileException(
                    usersFile.orElse(Path.of("(none)")),
                    List.of(
                            "users: nobody is in camunda-admin, and user \"admin\" exists without"
                                    + " it; put one user into camunda-admin"));
        }
        createUser(
                new NewUser(
                        ADMIN,
                        "First",
                        "Administrator",
                        AdminPassword.writeTo(passwordFile),
                        List.of(Role.ADMIN.group())));
        LOG.warn(
                "nobody is in camunda-admin: made user \"{}\"; its password is in {}, readable by"
                        + " this program's user only",
                ADMIN,
                passwordFile.toAbsolutePath());
    }

    /** Without a filter Tasklist shows no task at all. */
    private void createTaskFilter(String name, String about, int priority, String... taskIds) {
        Filter filter = filters.newTaskFilter(name);
        filter.setQuery(
                tasks.createTaskQuery()
                        .taskDefinitionKeyIn(taskIds)
                        .active()
                        .orderByTaskCreateTime()
                        .desc());
        filter.setProperties(
                Map.of(
                        "description",
                        about,
                        "priority",
                        priority,
                        "refresh",
                        true,
                        "showUndefinedVariable",
                        false,
                        "variables",
                        List.of(
                                Map.of("name", "cluster", "label", "Cluster"),
                                Map.of("name", "ticket", "label", "Ticket"),
                                Map.of("name", "starter", "label", "Asked for by"))));
        rights.letAllSeeFilter(filters.saveFilter(filter).getId());
    }
}
