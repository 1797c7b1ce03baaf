package kolla.runbooks.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** A browser for the tests of a class; people who come in with it are gone after each test. */
public final class Chromium
        implements BeforeAllCallback,
                TestExecutionExceptionHandler,
                AfterEachCallback,
                AfterAllCallback {

    private static final int WIDTH = 1600;
    private static final int HEIGHT = 1000;

    /** Long enough for a machine that builds images beside. */
    private static final double PATIENCE_MS = 60_000;

    private final List<Person> people = new ArrayList<>();
    private Playwright playwright;
    private Browser browser;

    @Override
    public void beforeAll(ExtensionContext context) {
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser =
                playwright
                        .chromium()
                        .launch(
                                new LaunchOptions()
                                        .setExecutablePath(ChromiumBinary.find())
                                        // the sandbox refuses to run as root
                                        .setArgs(List.of("--no-sandbox"))
                                        .setTimeout(PATIENCE_MS));
    }

    /** A person at a browser of their own: nobody else's session, not logged in yet. */
    public Person person(URI program, String user, String password) {
        BrowserContext context =
                browser.newContext(
                        new Browser.NewContextOptions()
                                .setViewportSize(WIDTH, HEIGHT)
                                .setLocale("en-GB"));
        context.setDefaultTimeout(PATIENCE_MS);
        Person person = new Person(program, user, password, context.newPage());
        people.add(person);
        return person;
    }

    /** What everybody saw when a test failed is left as a picture. */
    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure)
            throws Throwable {
        String test = context.getRequiredTestMethod().getName();
        for (Person person : people) {
            person.look("failed-" + test + "-" + person.user());
            failure.addSuppressed(
                    new AssertionError(person.user() + "'s browser: " + person.network()));
        }
        throw failure;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        people.clear();
        List.copyOf(browser.contexts()).forEach(BrowserContext::close);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        playwright.close();
    }
}
