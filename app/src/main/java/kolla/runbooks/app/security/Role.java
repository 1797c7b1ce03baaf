package kolla.runbooks.app.security;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a person may do; each is a group of Camunda's. */
public enum Role {
    OPERATOR("operators"),
    APPROVER("approvers"),
    VIEWER("viewers"),
    ADMIN("camunda-admin");

    private final String group;

    Role(String group) {
        this.group = group;
    }

    public String group() {
        return group;
    }

    public static Optional<Role> ofGroup(String group) {
        return Arrays.stream(values()).filter(r -> r.group.equals(group)).findFirst();
    }

    public static Set<Role> ofGroups(Collection<String> groups) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        groups.forEach(g -> ofGroup(g).ifPresent(roles::add));
        return roles;
    }

    public static List<String> groups() {
        return Arrays.stream(values()).map(Role::group).toList();
    }
}
