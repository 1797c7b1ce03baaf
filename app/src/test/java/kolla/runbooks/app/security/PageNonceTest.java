package kolla.runbooks.app.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import kolla.runbooks.app.web.Client;
import kolla.runbooks.app.web.Client.Answer;
import kolla.runbooks.app.web.WebTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebTest
class PageNonceTest {

    private static final Pattern IN_HEADER = Pattern.compile("'nonce-([^']+)'");
    private static final Pattern IN_PAGE = Pattern.compile("nonce=\"([^\"]+)\"");

    @LocalServerPort private int port;

    @Test
    void eachPageHasTheNonceOfItsOwnHeaderHoweverManyAreAskedForAtOnce() throws Exception {
        ExecutorService browsers = Executors.newFixedThreadPool(8);
        try {
            Callable<Answer> page =
                    () -> Client.nobody(port).get("/camunda/app/cockpit/default/", "text/html");
            List<Future<Answer>> pages =
                    browsers.invokeAll(IntStream.range(0, 400).mapToObj(i -> page).toList());
            for (Future<Answer> answer : pages) {
                String header = answer.get().header("Content-Security-Policy");
                assertThat(first(IN_PAGE, answer.get().text())).isEqualTo(first(IN_HEADER, header));
            }
        } finally {
            browsers.shutdownNow();
        }
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher.group(1);
    }
}
