package kolla.runbooks.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import kolla.runbooks.catalog.Deployment;
import kolla.runbooks.catalog.DesiredContainer;
import kolla.runbooks.catalog.DesiredFile;
import kolla.runbooks.catalog.DesiredService;
import kolla.runbooks.inventory.Host;
import kolla.runbooks.tls.TestAuthority;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class PlanDecisionTest {

    private static final Map<String, String> PASSWORDS = Map.of("database_password", "s3cr3t-word");
    private static final DesiredService KEYSTONE =
            Samples.service("keystone", "password = s3cr3t-word", 5000, Samples.CTL1, Samples.CTL2);
    private static final Deployment DEPLOYMENT = Samples.deployment(PASSWORDS, KEYSTONE);

    @Test
    void plansNothingForAClusterThatIsAsItShouldBe() {
        Plan plan = plan(DEPLOYMENT, asDesired(), Map.of());

        assertThat(plan.changesAnything()).isFalse();
        assertThat(PlanText.of(plan, 3900)).startsWith("Nothing to change");
    }

    @Test
    void plansImageFileAndContainerOnABareHostInThisOrder() {
        Plan plan =
                plan(
                        DEPLOYMENT,
                        Map.of(Samples.CTL1, Samples.bare(), Samples.CTL2, asDesiredOn()),
                        Map.of());

        assertThat(plan.changes()).extracting(Change::host).containsOnly("ctl1");
        assertThat(plan.changes())
                .extracting(c -> c.getClass().getSimpleName())
                .containsExactly("Image", "File", "Container");
    }

    /** The definition names the new password only; the old one still opens the other hosts. */
    @Test
    void hidesAPasswordThatOnlyTheHostStillHas() {
        assertThat(difference("password = 0ld-s3cr3t", "password = s3cr3t-word"))
                .containsExactly("-password = ********", "+password = ********");
        assertThat(difference("connection = mysql://k:0ld-s3cr3t@db/k", "connection = none"))
                .containsExactly("-connection = mysql://k:********@db/k", "+connection = none");
        assertThat(difference("    auth_pass 0ld-s3cr3t", "    state BACKUP"))
                .containsExactly("-    auth_pass ********", "+    state BACKUP");
        assertThat(difference("stats auth openstack:0ld-s3cr3t", "stats enable"))
                .containsExactly("-stats auth ********", "+stats enable");
        assertThat(difference("{\"memcache_secret_key\": \"0ld-s3cr3t\"}", "{}"))
                .containsExactly("-{\"memcache_secret_key\": ********", "+{}");
        assertThat(difference("workers = 5", "workers = 7"))
                .containsExactly("-workers = 5", "+workers = 7");
    }

    /** {@code config/keystone.conf} with an LDAP password: no passwords.yml knows it. */
    @Test
    void hidesTheSecretsOfAnOperatorsOverride() {
        assertThat(difference("a = 1\npassword = ldap-s3cret", "a = 2\npassword = ldap-s3cret"))
                .containsExactly("-a = 1", "+a = 2", " password = ********");
        assertThat(difference("", "url = ldap://reader:ldap-s3cret@host"))
                .containsExactly("+url = ldap://reader:********@host");
        assertThat(difference("max_token_size = 255", "max_token_size = 300"))
                .containsExactly("-max_token_size = 255", "+max_token_size = 300");
        assertThat(difference("auth_type = v3", "auth_type = password"))
                .containsExactly("-auth_type = v3", "+auth_type = password");
    }

    private static List<String> difference(String before, String after) {
        return new Diff(PASSWORDS.values())
                .unified(before, after).stream().filter(l -> !l.startsWith("@@")).toList();
    }

    @Test
    void aQuestionWithoutChangesBeginsWithItsFirstSentence() {
        assertThat(PlanText.of(new Plan("lab", List.of(), List.of("Go on?", "Why not.")), 3900))
                .isEqualTo("- Go on?\n- Why not.");
    }

    @Test
    void tellsThePersonWhichLinesOfWhichFileChangeWhere() {
        String path = "/etc/kolla/keystone/keystone.conf";
        DesiredService changed =
                Samples.service("keystone", "debug = true", 5000, Samples.CTL1, Samples.CTL2);
        Plan plan =
                plan(
                        Samples.deployment(PASSWORDS, changed),
                        asDesired(),
                        Map.of(
                                Samples.CTL1,
                                Map.of(path, "debug = false"),
                                Samples.CTL2,
                                Map.of(path, "debug = false")));

        assertThat(PlanText.of(plan, 3900))
                .endsWith(
                        path
                                + " on ctl1 ctl2:\n  @@ -1,1 +1,1 @@\n  -debug = false\n"
                                + "  +debug = true");
    }

    @Test
    void showsADifferenceWithoutItsSecrets() {
        String path = "/etc/kolla/keystone/keystone.conf";
        Plan plan =
                plan(
                        Samples.deployment(
                                PASSWORDS,
                                Samples.service(
                                        "keystone",
                                        "password = s3cr3t-word\ndebug = true",
                                        5000,
                                        Samples.CTL1)),
                        asDesired(),
                        Map.of(Samples.CTL1, Map.of(path, "password = s3cr3t-word")));

        Change.File change = (Change.File) plan.changes().get(0);
        assertThat(change.diff()).contains("+debug = true", " password = ********");
        assertThat(plan.json()).doesNotContain("s3cr3t-word");
    }

    @Test
    void ofACertificateTheDifferenceIsShownAndNothingOfItsKey() {
        TestAuthority house = TestAuthority.root("House");
        TestAuthority.Signed before = house.server("old.example");
        TestAuthority.Signed after = house.server("new.example");
        String path = "/etc/kolla/haproxy/haproxy.pem";
        DesiredContainer haproxy =
                Samples.service("haproxy", "", 1984, Samples.CTL1).on(Samples.CTL1).get(0);
        DesiredFile file =
                new DesiredFile(
                        path,
                        after.pem() + after.key(),
                        0600,
                        "root:root",
                        Optional.of("kolla_external_fqdn_cert"));
        DesiredService service =
                Samples.service("haproxy", "", 1984, Samples.CTL1)
                        .with(
                                Map.of(
                                        Samples.CTL1,
                                        List.of(
                                                new DesiredContainer(
                                                        haproxy.spec(),
                                                        List.of(file),
                                                        List.of()))));

        Plan plan =
                plan(
                        Samples.deployment(PASSWORDS, service),
                        asDesired(),
                        Map.of(Samples.CTL1, Map.of(path, before.pem() + before.key())));

        assertThat(plan.changes())
                .filteredOn(Change.File.class::isInstance)
                .extracting(c -> ((Change.File) c).diff())
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .contains("-names old.example", "+names new.example", " issuer CN=House");
        assertThat(plan.json()).doesNotContain("BEGIN", line(before.key()), line(after.key()));
    }

    private static String line(String pem) {
        return pem.lines().skip(1).findFirst().orElseThrow();
    }

    @Test
    void twoSecretsAreTwoPlansAlthoughNeitherIsShown() {
        String one = digestWithPassword("first-secret");
        String two = digestWithPassword("other-secret");

        assertThat(one).isNotEqualTo(two);
    }

    @Test
    void theSamePlanHasTheSameDigest() {
        Plan once = plan(DEPLOYMENT, bare(), Map.of());
        Plan again = plan(DEPLOYMENT, bare(), Map.of());

        assertThat(once.digest()).isEqualTo(again.digest()).hasSize(64);
    }

    @Test
    void theTextJoinsHostsWithTheSameChangeAndStaysWithinItsLimit() {
        Plan plan = plan(DEPLOYMENT, bare(), Map.of());

        assertThat(PlanText.of(plan, 3900))
                .contains("ctl1 ctl2  keystone  create container keystone: it is not there");
        assertThat(PlanText.of(plan, 200)).hasSizeLessThanOrEqualTo(200).contains("more lines");
    }

    private static String digestWithPassword(String password) {
        Deployment deployment =
                Samples.deployment(
                        Map.of("database_password", password),
                        Samples.service("keystone", "password = " + password, 5000, Samples.CTL1));
        return plan(deployment, bare(), Map.of()).digest();
    }

    private static Plan plan(
            Deployment deployment,
            Map<Host, HostObservation> seen,
            Map<Host, Map<String, String>> old) {
        return PlanDecision.decide(deployment, seen, old, List.of());
    }

    private static Map<Host, HostObservation> asDesired() {
        return Map.of(Samples.CTL1, asDesiredOn(), Samples.CTL2, asDesiredOn());
    }

    private static HostObservation asDesiredOn() {
        return Samples.asDesired(KEYSTONE.on(Samples.CTL1).get(0));
    }

    private static Map<Host, HostObservation> bare() {
        return Map.of(Samples.CTL1, Samples.bare(), Samples.CTL2, Samples.bare());
    }
}
