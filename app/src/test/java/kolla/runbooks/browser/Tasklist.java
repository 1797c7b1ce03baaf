package kolla.runbooks.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tasklist, where approvers work. */
final class Tasklist {

    private final Person person;
    private final Page page;

    Tasklist(Person person) {
        this.person = person;
        this.page = person.page();
    }

    /** The cards of the tasks that the person is offered. */
    Locator tasks() {
        return page.locator(".tasks-list li.task");
    }

    /** Opens the approval for a ticket and makes it the person's own. */
    Tasklist claim(String ticket) {
        tasks().filter(new Locator.FilterOptions().setHasText(ticket)).first().click();
        plan().waitFor();
        page.getByText("Claim", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(choice("Approve")).isEnabled();
        return this;
    }

    Locator plan() {
        return page.locator(".fjs-form pre");
    }

    /**
     * @param decision "Approve" or "Reject"
     */
    Tasklist decide(String decision, String comment) {
        choice(decision).check();
        page.getByLabel("Comment").fill(comment);
        person.look("tasklist-" + decision.toLowerCase(Locale.ROOT));
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Complete")).click();
        return this;
    }

    private Locator choice(String decision) {
        return page.getByRole(
                AriaRole.RADIO,
                new Page.GetByRoleOptions().setName(Pattern.compile("^" + decision)));
    }

    /** What Tasklist says when the server refuses. */
    Locator refusal() {
        return page.locator(".alert-danger:visible").first();
    }
}
