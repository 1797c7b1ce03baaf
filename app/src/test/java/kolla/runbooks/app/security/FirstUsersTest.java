package kolla.runbooks.app.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstUsersTest {

    @TempDir private Path home;
    private static ProcessEngine engine;
    private IdentityService identity;
    private FirstUsers users;

    @BeforeAll
    static void open() {
        engine =
                ProcessEngineConfiguration.createStandaloneInMemProcessEngineConfiguration()
                        .setProcessEngineName("first-users")
                        .setJdbcUrl("jdbc:h2:mem:first-users")
                        .setDatabaseSchemaUpdate("create-drop")
                        .setAuthorizationEnabled(true)
                        .buildProcessEngine();
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @BeforeEach
    void emptyEngine() {
        identity = engine.getIdentityService();
        identity.createUserQuery().list().forEach(u -> identity.deleteUser(u.getId()));
        identity.createGroupQuery().list().forEach(g -> identity.deleteGroup(g.getId()));
        var rights = engine.getAuthorizationService();
        rights.createAuthorizationQuery()
                .list()
                .forEach(a -> rights.deleteAuthorization(a.getId()));
        var filters = engine.getFilterService();
        filters.createFilterQuery().list().forEach(f -> filters.deleteFilter(f.getId()));
        users = new FirstUsers(identity, filters, engine.getTaskService(), new GroupRights(rights));
    }

    private Path password() {
        return home.resolve("inner/admin-password");
    }

    private Optional<Path> file(String content) throws IOException {
        return Optional.of(Files.writeString(home.resolve("users.yml"), content));
    }

    @Test
    void makesAnAdministratorWhosePasswordOnlyItsOwnerReads() throws IOException {
        users.create(Optional.empty(), password(), List.of("deploy"));
        String generated = Files.readString(password()).strip();
        assertThat(generated).hasSizeGreaterThanOrEqualTo(24);
        assertThat(identity.checkPassword("admin", generated)).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password())))
                .isEqualTo("rw-------");
    }

    @Test
    void startingAgainChangesNothing() throws IOException {
        users.create(Optional.empty(), password(), List.of("deploy"));
        String generated = Files.readString(password());
        long authorizations = engine.getAuthorizationService().createAuthorizationQuery().count();
        users.create(Optional.empty(), password(), List.of("deploy"));
        assertThat(Files.readString(password())).isEqualTo(generated);
        assertThat(engine.getAuthorizationService().createAuthorizationQuery().count())
                .isEqualTo(authorizations);
        assertThat(engine.getFilterService().createFilterQuery().count()).isEqualTo(2);
    }

    @Test
    void keepsAPasswordThatAPersonChanged() throws IOException {
        Optional<Path> file =
                file(
                        """
                        users:
                          - {id: ann, first-name: A, last-name: B, password: first-password, groups: [camunda-admin]}
                        """);
        users.create(file, password(), List.of());
        var ann = identity.createUserQuery().userId("ann").singleResult();
        ann.setPassword("second-password");
        identity.saveUser(ann);
        users.create(file, password(), List.of());
        assertThat(identity.checkPassword("ann", "second-password")).isTrue();
        assertThat(password()).doesNotExist();
    }

    @Test
    void refusesAFileWhoseAdminIsNoAdministrator() throws IOException {
        Optional<Path> file =
                file(
                        """
                        users:
                          - {id: admin, first-name: A, last-name: B, password: first-password, groups: [viewers]}
                        """);
        assertThatThrownBy(() -> users.create(file, password(), List.of()))
                .isInstanceOf(UsersFileException.class)
                .hasMessageContaining("camunda-admin");
    }
}
