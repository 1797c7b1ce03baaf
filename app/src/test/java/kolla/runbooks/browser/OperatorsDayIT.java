package kolla.runbooks.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.net.URI;
import java.util.regex.Pattern;
import kolla.runbooks.app.web.Client;
import kolla.runbooks.app.web.Stage;
import kolla.runbooks.app.web.WebTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What an operator and an approver do in a day, in the browser; the hosts are played. */
@WebTest
class OperatorsDayIT {

    private static final String DEPLOY = "Deploy the control plane";

    @RegisterExtension static final Chromium CHROMIUM = new Chromium();

    @LocalServerPort private int port;
    @Autowired private Stage stage;

    @BeforeEach
    void aFreeClusterAndHealthyHosts() {
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        stage.mend();
        Client.nobody(port).as("admin").cancelAll();
    }

    @Test
    void startsInCockpitApprovedInTasklistByAnotherAndSeenToEnd() {
        Person olivia = person("olivia");
        Cockpit cockpit = olivia.cockpit().openRunbook(DEPLOY);
        olivia.look("cockpit-runbook");
        cockpit.start("lab", "DAY-1", "first deployment of the lab");
        cockpit.openRunTab();
        assertThat(cockpit.state()).hasText("waiting for approval");
        olivia.look("cockpit-run-waiting");

        Person adam = person("adam");
        Tasklist tasklist = adam.tasklist();
        assertThat(tasklist.tasks()).containsText("DAY-1");
        adam.look("tasklist-tasks");
        tasklist.claim("DAY-1");
        assertThat(tasklist.plan()).containsText("ctl1: create mariadb");
        tasklist.decide("Approve", "looks right");

        assertThat(cockpit.state()).hasText("succeeded");
        olivia.look("cockpit-run-ended");
        cockpit.openRuns();
        assertThat(cockpit.runsPage()).containsText("DAY-1");
        olivia.look("cockpit-runs");
        assertThat(olivia.errors()).isEmpty();
        assertThat(adam.errors()).isEmpty();
    }

    @Test
    void aFieldThatIsNotRightIsNamedInTheForm() {
        Person olivia = person("olivia");
        Cockpit cockpit = olivia.cockpit().openRunbook(DEPLOY);

        cockpit.start("lab", "two words", "a ticket cannot have a blank");

        assertThat(cockpit.startForm().locator(".form-group.has-error")).containsText("Ticket");
        assertThat(cockpit.startForm().locator("[role=alert]")).containsText("KR-");
        olivia.look("cockpit-start-refused");
    }

    @Test
    void theStarterCannotApproveAndReadsWhy() {
        Person both = person("both");
        both.cockpit()
                .openRunbook(DEPLOY)
                .start("lab", "DAY-2", "started and approved by one and the same")
                .run()
                .waitFor();

        Tasklist tasklist = both.tasklist().claim("DAY-2").decide("Approve", "");

        assertThat(tasklist.refusal()).containsText("KR-APPROVAL-001");
        assertThat(tasklist.refusal()).not().containsText("TaskListener");
        both.look("tasklist-refused");
    }

    @Test
    void aFailedStepIsReadAndRetriedWhereItFailed() {
        stage.failOn("convergeBatch/mariadb", "ctl2");
        Person olivia = person("olivia");
        Cockpit cockpit = olivia.cockpit().openRunbook(DEPLOY);
        cockpit.start("lab", "DAY-3", "a host will not answer");
        cockpit.openRunTab();
        assertThat(cockpit.state()).hasText("waiting for approval");
        person("adam").tasklist().claim("DAY-3").decide("Approve", "");

        assertThat(cockpit.state()).hasText("failed step");
        assertThat(cockpit.run().locator(".kr-failure")).containsText("KR-HOST-001 ctl2 mariadb");
        assertThat(cockpit.run().locator(".kr-failure"))
                .containsText("ops-runbooks/errors/KR-HOST-001.md");
        olivia.look("cockpit-run-failed");

        stage.mend();
        cockpit.button("Retry the failed step").click();
        assertThat(cockpit.state()).hasText("succeeded");
    }

    @Test
    void whereHistoriesDifferTheApproverChoosesOneOfTheHosts() {
        Person olivia = person("olivia");
        Cockpit cockpit = olivia.cockpit().openRunbook("Recover the database");
        cockpit.start("lab", "DAY-7", "each says that it is the newest");
        cockpit.openRunTab();
        assertThat(cockpit.state()).hasText("waiting for approval");

        Person adam = person("adam");
        Tasklist tasklist = adam.tasklist().claim("DAY-7");
        assertThat(tasklist.chosenHost()).hasCount(0);
        tasklist.choose("Approve");
        assertThat(tasklist.chosenHost()).isVisible();
        tasklist.chooseHost("ctl3");
        tasklist.decide("Approve", "ctl3 served last");

        assertThat(cockpit.state()).hasText("succeeded");
        assertThat(cockpit.log()).containsText("choosing ctl3");
        olivia.look("cockpit-run-chosen");
    }

    @Test
    void betweenTwoHostsTheApproverGoesOnWaitsOrGoesBack() {
        Person olivia = person("olivia");
        Cockpit cockpit = olivia.cockpit().openRunbook("Reconfigure the control plane");
        cockpit.start("lab", "DAY-8", "shorter tokens");
        olivia.look("cockpit-reconfigure-started");
        cockpit.openRunTab();
        assertThat(cockpit.state()).hasText("waiting for approval");

        Person adam = person("adam");
        adam.tasklist().claim("DAY-8").decide("Approve", "the plan is right");
        assertThat(cockpit.log()).containsText("asks about canary");
        Tasklist tasklist = adam.tasklist().claim("DAY-8");
        assertThat(tasklist.plan()).containsText("the others follow");
        adam.look("tasklist-go-on");
        tasklist.decide("Wait", "let it run a while");
        assertThat(cockpit.state()).hasText("waiting for approval");

        adam.tasklist().claim("DAY-8").decide("Reject", "logins are slower");
        assertThat(cockpit.state()).hasText("went back");
        olivia.look("cockpit-went-back");
    }

    @Test
    void aRejectedPlanEndsTheRun() {
        Person olivia = person("olivia");
        Cockpit cockpit = olivia.cockpit().openRunbook(DEPLOY);
        cockpit.start("lab", "DAY-4", "not on a Friday");
        cockpit.openRunTab();
        assertThat(cockpit.state()).hasText("waiting for approval");

        person("adam").tasklist().claim("DAY-4").decide("Reject", "not on a Friday");

        assertThat(cockpit.state()).hasText("rejected");
        olivia.look("cockpit-run-rejected");
    }

    @Test
    void cancellingInCockpitsOwnWayGivesTheLeaseBack() {
        Person olivia = person("olivia");
        Cockpit cockpit = olivia.cockpit().openRunbook(DEPLOY);
        cockpit.start("lab", "DAY-5", "cancelled with Cockpit's own button");
        cockpit.openRunTab();
        assertThat(cockpit.state()).hasText("waiting for approval");

        cockpit.cancelAsCockpitDoes();
        olivia.cockpit().openRunbook(DEPLOY).start("lab", "DAY-6", "needs the lease");
        cockpit.openRunTab();

        assertThat(cockpit.state()).hasText("waiting for approval");
        cockpit.openRuns();
        assertThat(cockpit.runsPage().locator("tr").filter(withText("DAY-5")))
                .containsText("cancelled");
    }

    @Test
    void aViewerIsOfferedNothingToStart() {
        Person victor = person("victor");
        Cockpit cockpit = victor.cockpit().openRunbook(DEPLOY);
        cockpit.openRuns();

        assertThat(cockpit.runsPage()).isVisible();
        victor.cockpit().openRunbook(DEPLOY);
        victor.look("cockpit-viewer");
        assertThat(cockpit.startButton())
                .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(5_000));
    }

    @Test
    void cockpitStillShowsTheDiagramWhenAPartOfThePlugInIsBroken() {
        Person olivia = person("olivia");
        olivia.page()
                .route(
                        Pattern.compile(
                                ".*/plugin/runbooks/static/app/(dom|server|start-form|run-view).*"),
                        route ->
                                route.fulfill(
                                        new Route.FulfillOptions()
                                                .setStatus(200)
                                                .setContentType("text/javascript")
                                                .setBody("throw new Error('broken')")));

        olivia.cockpit().openRunbook(DEPLOY);

        assertThat(olivia.page().locator("[data-element-id=takeLease]")).isVisible();
        olivia.look("cockpit-without-plug-in");
    }

    private Person person(String user) {
        return CHROMIUM.person(URI.create("http://127.0.0.1:" + port), user, user + "-password");
    }

    private static Locator.FilterOptions withText(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }
}
