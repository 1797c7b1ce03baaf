package kolla.runbooks.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tasklist, where approvers work. */
public final class Tasklist {

    private final Person person;
    private final Page page;

    Tasklist(Person person) {
        this.person = person;
        this.page = person.page();
    }

    /** The cards of the tasks that the person is offered. */
    public Locator tasks() {
        return page.locator(".tasks-list li.task");
    }

    /**
     * Starts a runbook from Tasklist's own list, as people do who never open Cockpit.
     *
     * @param process the process's name, as Tasklist lists it
     */
    public Tasklist start(String process, String cluster, String ticket, String reason) {
        page.locator(".start-process-action a").click();
        Locator form = page.locator(".modal-content");
        form.getByText(process, new Locator.GetByTextOptions().setExact(true)).click();
        form.getByLabel("Cluster").fill(cluster);
        form.getByLabel("Ticket").fill(ticket);
        form.getByLabel("Reason").fill(reason);
        person.look("tasklist-start-form");
        form.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Start").setExact(true))
                .click();
        form.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
        return this;
    }

    /** Opens the approval for a ticket and makes it the person's own. */
    public Tasklist claim(String ticket) {
        tasks().filter(new Locator.FilterOptions().setHasText(ticket)).first().click();
        plan().waitFor();
        page.getByText("Claim", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(choice("Approve")).isEnabled();
        return this;
    }

    public Locator plan() {
        return page.locator(".fjs-form pre");
    }

    /**
     * @param decision "Approve" or "Reject"
     */
    public Tasklist decide(String decision, String comment) {
        choose(decision);
        page.getByLabel("Comment").fill(comment);
        person.look("tasklist-" + decision.toLowerCase(Locale.ROOT));
        complete();
        return this;
    }

    /** A click while Tasklist draws the form anew is lost; a person sees that and clicks again. */
    private void complete() {
        for (int attempt = 1; attempt <= 3; attempt++) {
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Complete"))
                    .click();
            try {
                page.waitForCondition(
                        () -> page.locator(".fjs-form").count() == 0 || refusal().isVisible(),
                        new Page.WaitForConditionOptions().setTimeout(15_000));
                return;
            } catch (TimeoutError nothingHappened) {
                person.look("tasklist-nothing-happened-" + attempt);
            }
        }
        throw new AssertionError("Complete was clicked three times and nothing happened");
    }

    public void choose(String decision) {
        choice(decision).check();
    }

    /** The field for the host whose data survive; there only where an approval has to name one. */
    public Locator chosenHost() {
        return page.locator(".fjs-form-field-select")
                .filter(new Locator.FilterOptions().setHasText("Host whose data survive"));
    }

    public void chooseHost(String host) {
        chosenHost().locator(".fjs-input-group").click();
        page.locator(".fjs-dropdownlist-item")
                .filter(new Locator.FilterOptions().setHasText(host))
                .click();
    }

    private Locator choice(String decision) {
        return page.getByRole(
                AriaRole.RADIO,
                new Page.GetByRoleOptions().setName(Pattern.compile("^" + decision)));
    }

    /** What Tasklist says when the server refuses. */
    public Locator refusal() {
        return page.locator(".alert-danger:visible").first();
    }
}
