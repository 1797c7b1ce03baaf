package kolla.runbooks.app.security;

import java.util.List;

/** A user to be created. Never printed with its password. */
record NewUser(String id, String firstName, String lastName, String password, List<String> groups) {

    @Override
    public String toString() {
        return "NewUser[" + id + " in " + groups + "]";
    }
}
