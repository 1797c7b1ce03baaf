package kolla.runbooks.app.cockpit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import kolla.runbooks.app.web.Client;
import kolla.runbooks.app.web.Client.Answer;
import kolla.runbooks.app.web.Session;
import kolla.runbooks.app.web.WebTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebTest
class PluginTest {

    private static final String PLUGIN = "/camunda/api/cockpit/plugin/runbooks/default/";
    private static final String STATIC = "/camunda/api/cockpit/plugin/runbooks/static/app/";

    @LocalServerPort private int port;

    @AfterEach
    void cancel() {
        Client.nobody(port).as("olivia").cancelAll();
    }

    private static String body(String ticket) {
        return """
        {"runbook":"deploy","cluster":"lab","ticket":"%s","reason":"from Cockpit","parameters":{}}\
        """
                .formatted(ticket);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plugin.js",
                "plugin.css",
                "dom.js",
                "server.js",
                "start-form.js",
                "run-view.js",
                "runs-page.js",
                "diagram.js"
            })
    void servesItsScripts(String file) {
        Answer script = Session.open(port).get(STATIC + file);
        assertThat(script.status()).isEqualTo(200);
        assertThat(script.header("Content-Type"))
                .startsWith(file.endsWith(".css") ? "text/css" : "text/javascript");
    }

    @Test
    void everyImportOfItsScriptsIsServed() {
        Session browser = Session.open(port);
        for (String file :
                new String[] {"plugin.js", "start-form.js", "run-view.js", "runs-page.js"}) {
            var imports =
                    java.util.regex.Pattern.compile("from '\\./([a-z-]+\\.js)'")
                            .matcher(browser.get(STATIC + file).text());
            while (imports.find()) {
                assertThat(browser.get(STATIC + imports.group(1)).status())
                        .as(file + " imports " + imports.group(1))
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void offersTheFormOfARunbookAndNoneOfACalledProcess() {
        Session olivia = Session.of(port, "olivia");
        Answer form = olivia.get(PLUGIN + "runbook/deploy");
        assertThat(form.at("/title")).isEqualTo("Deploy the control plane");
        assertThat(form.at("/clusters/0")).isEqualTo("lab");
        assertThat(form.at("/inputs/0/name")).isEqualTo("cluster");
        assertThat(form.at("/mayStart")).isEqualTo("true");
        assertThat(olivia.get(PLUGIN + "runbook/rollOutService").status()).isEqualTo(404);
        assertThat(Session.of(port, "victor").get(PLUGIN + "runbook/deploy").at("/mayStart"))
                .isEqualTo("false");
    }

    @Test
    void startsARunAndFollowsItByItsInstance() {
        Session olivia = Session.of(port, "olivia");
        Answer started = olivia.post(PLUGIN + "runbook/start", body("COCKPIT-1"));
        assertThat(started.status()).as(started.text()).isEqualTo(200);
        assertThat(started.at("/fresh")).isEqualTo("true");
        String path = PLUGIN + "run/of-instance/" + started.at("/instance");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> olivia.get(path).at("/run/state"), "WAITING_FOR_APPROVAL"::equals);
        Answer run = olivia.get(path + "?after=1");
        assertThat(run.at("/run/starter")).isEqualTo("olivia");
        assertThat(run.at("/plan/version")).isEqualTo("1");
        assertThat(run.json().at("/lines/0/sequence").asLong()).isGreaterThan(1);
        assertThat(olivia.get(PLUGIN + "run/" + started.at("/run")).at("/run/id"))
                .isEqualTo(started.at("/run"));
        assertThat(olivia.get(PLUGIN + "run").at("/0/id")).isEqualTo(started.at("/run"));
        assertThat(
                        olivia.post(
                                        PLUGIN + "run/" + started.at("/run") + "/cancel",
                                        "{\"reason\":\"enough\"}")
                                .at("/state"))
                .isEqualTo("CANCELLED");
    }

    @Test
    void namesTheFieldsThatAreWrong() {
        Answer refused =
                Session.of(port, "olivia")
                        .post(
                                PLUGIN + "runbook/start",
                                "{\"runbook\":\"deploy\",\"cluster\":\"x\"}");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().get("errors").findValuesAsText("field"))
                .containsExactly("cluster", "reason", "ticket");
    }

    @Test
    void refusesWithoutLoginTokenOrRole() {
        assertThat(Session.open(port).get(PLUGIN + "run").status()).isEqualTo(401);
        assertThat(
                        Session.of(port, "victor")
                                .post(PLUGIN + "runbook/start", body("COCKPIT-2"))
                                .at("/code"))
                .isEqualTo("KR-REST-002");
        Session olivia = Session.of(port, "olivia");
        Answer forged =
                olivia.send(
                        olivia.request(PLUGIN + "runbook/start")
                                .setHeader("X-XSRF-TOKEN", "forged")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body("COCKPIT-3")))
                                .build());
        assertThat(forged.status()).isEqualTo(403);
        assertThat(Client.nobody(port).as("olivia").get("/api/runs").text())
                .doesNotContain("COCKPIT-2")
                .doesNotContain("COCKPIT-3");
    }

    @Test
    void theCancelDialogNeverSkipsListeners() {
        assertThat(Session.open(port).get("/camunda/app/cockpit/scripts/config.js").text())
                .contains("skipCustomListeners")
                .contains("hidden: true");
    }
}
