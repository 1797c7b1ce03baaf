package kolla.runbooks.lab;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import kolla.runbooks.browser.Chromium;
import kolla.runbooks.browser.Cockpit;
import kolla.runbooks.browser.FixedWidth;
import kolla.runbooks.browser.Person;
import kolla.runbooks.browser.Tasklist;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * People at browsers, the program as it is shipped, real hosts: nothing is played. Pictures of what
 * they see are left in {@code target/screenshots}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrowserOnTheLabIT {

    private static final String DEPLOY = "Deploy the control plane";
    private static final String RECOVER = "Recover the database";

    /** How long a person waits for a run to come to its end. */
    private static final LocatorAssertions.HasTextOptions PATIENTLY =
            new LocatorAssertions.HasTextOptions().setTimeout(300_000);

    @RegisterExtension static final Chromium CHROMIUM = new Chromium();

    private Lab lab;
    private LabCluster cluster;
    private ProgramUnderTest program;

    @BeforeAll
    void stands() throws IOException {
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        lab = Lab.up();
        lab.run("mend", "all");
        cluster = new LabCluster(lab);
        program = ProgramUnderTest.of(lab, "browser-on-the-lab-it", 18085);
        program.start();
        cluster.deployed(program, "STANDS");
    }

    @AfterAll
    void stop() {
        program.close();
    }

    @Test
    @Order(1)
    void aChangedSettingIsStartedInTasklistFollowedInCockpitAndApprovedByAnother()
            throws IOException {
        Map<String, String> before = cluster.startedAt();
        try (ConfigOverride change =
                ConfigOverride.of(lab, "keystone.conf", "[DEFAULT]\nmax_token_size = 304\n")) {
            Person olivia = person("OPERATOR");
            olivia.tasklist().start(DEPLOY, "lab", "BROWSER-1", "longer tokens for everybody");
            Cockpit cockpit = olivia.cockpit().openRunbook(DEPLOY).openInstance("BROWSER-1");
            cockpit.openRunTab();
            assertThat(cockpit.state()).hasText("waiting for approval");
            olivia.look("lab-deploy-waiting");

            Person adam = person("APPROVER");
            Tasklist tasklist = adam.tasklist().claim("BROWSER-1");
            assertThat(tasklist.plan()).containsText("keystone");
            adam.look("lab-deploy-approval");
            tasklist.decide("Approve", "the change that was asked for");

            assertThat(cockpit.doneOn("ctl1").first()).isVisible();
            assertThat(cockpit.state()).hasText("running");
            olivia.look("lab-deploy-running");
            endsWell(cockpit);
            assertThat(cockpit.log()).containsText("ctl3");
            olivia.look("lab-deploy-ended");
            assertThat(olivia.errors()).isEmpty();
            assertThat(adam.errors()).isEmpty();
        }
        assertThat(new TreeSet<>(LabCluster.changed(before, cluster.startedAt())))
                .containsExactly("ctl1/keystone", "ctl2/keystone", "ctl3/keystone");
    }

    @Test
    @Tag("long")
    @Order(2)
    void aDatabaseThatIsDownEverywhereIsBroughtBackFromWhatTheApproverReads() {
        for (String host : LabCluster.HOSTS) {
            cluster.on(host, "docker stop -t 60 mariadb");
        }
        Person olivia = person("OPERATOR");
        Cockpit cockpit = olivia.cockpit().openRunbook(RECOVER);
        cockpit.start("lab", "BROWSER-2", "nothing answers since three o'clock");
        cockpit.openRunTab();
        assertThat(cockpit.state()).hasText("waiting for approval", PATIENTLY);
        olivia.look("lab-recovery-waiting");

        Person adam = person("APPROVER");
        Tasklist tasklist = adam.tasklist().claim("BROWSER-2");
        adam.look("lab-recovery-approval");
        columnsLineUp(tasklist);
        tasklist.decide("Approve", "nobody else has more");

        assertThat(cockpit.doneOn("ctl1").first())
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(120_000));
        olivia.look("lab-recovery-running");
        endsWell(cockpit);
        olivia.look("lab-recovery-ended");
        assertThat(olivia.errors()).isEmpty();
        assertThat(adam.errors()).isEmpty();
        cluster.awaitGalera(Duration.ofSeconds(30));
        assertThat(cluster.tokenThroughTheVip()).isEqualTo("201");
    }

    private static void endsWell(Cockpit cockpit) {
        assertThat(cockpit.state()).hasText(Pattern.compile("succeeded|failed.*"), PATIENTLY);
        assertThat(cockpit.state()).hasText("succeeded");
    }

    /** Head and three hosts: each column begins at the same place, no word is broken in two. */
    private static void columnsLineUp(Tasklist tasklist) {
        FixedWidth plan = new FixedWidth(tasklist.plan());
        assertThat(tasklist.plan()).containsText("ctl1");
        for (String heading : new String[] {"STATE", "HISTORY", "POSITION", "VERDICT"}) {
            assertThat(plan.leftEdges(heading, 4))
                    .as(heading)
                    .hasSize(4)
                    .containsOnly(plan.leftEdges(heading, 1).get(0));
        }
        assertThat(plan.brokenWords()).as("words broken in two").isEmpty();
        assertThat(plan.hiddenToTheRight()).as("pixels hidden at the right").isZero();
    }

    private Person person(String user) {
        String[] login = program.login(user);
        return CHROMIUM.person(program.address(), login[0], login[1]);
    }
}
