package kolla.runbooks.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Somebody at a browser. Collects what the page complains about on its console. */
public final class Person {

    private final URI program;
    private final String user;
    private final String password;
    private final Page page;
    private final List<String> errors = new ArrayList<>();
    private final List<String> network = new ArrayList<>();

    Person(URI program, String user, String password, Page page) {
        this.program = program;
        this.user = user;
        this.password = password;
        this.page = page;
        page.onPageError(errors::add);
        page.onPageError(error -> network.add("page error: " + error));
        page.onRequestFailed(request -> network.add(request.failure() + " " + request.url()));
        page.onResponse(
                response -> {
                    if (response.status() >= 400) {
                        network.add(response.status() + " " + response.url());
                    }
                });
    }

    public String user() {
        return user;
    }

    public Page page() {
        return page;
    }

    /** Errors that no script on the page caught. */
    public List<String> errors() {
        return List.copyOf(errors);
    }

    /** What the browser asked for in vain; for whoever reads why a test failed. */
    public List<String> network() {
        return List.copyOf(network);
    }

    public Cockpit cockpit() {
        open("cockpit");
        return new Cockpit(this);
    }

    public Tasklist tasklist() {
        open("tasklist");
        return new Tasklist(this);
    }

    /** Opens one of the web applications and logs in where it asks for that. */
    private void open(String application) {
        page.navigate(program.resolve("/camunda/app/" + application + "/default/").toString());
        Locator name = page.locator("input[placeholder=Username]:visible");
        Locator inside = page.locator(".account:visible");
        name.or(inside).first().waitFor();
        if (name.count() > 0) {
            name.fill(user);
            page.getByPlaceholder("Password").fill(password);
            page.locator("button[type=submit]").click();
            inside.first().waitFor();
        }
    }

    /** Leaves a picture of what the person sees now. */
    public void look(String name) {
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setPath(Path.of("target", "screenshots", name + ".png")));
    }
}
