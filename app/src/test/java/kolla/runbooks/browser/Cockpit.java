package kolla.runbooks.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** Cockpit, where operators work. */
public final class Cockpit {

    private final Person person;
    private final Page page;

    Cockpit(Person person) {
        this.person = person;
        this.page = person.page();
    }

    /** The page of a runbook, reached as a person does. */
    public Cockpit openRunbook(String name) {
        link("Processes").first().click();
        link(name).first().click();
        page.locator(".djs-element.djs-shape").first().waitFor();
        return this;
    }

    public Locator startButton() {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start runbook"));
    }

    /** Opens the form, fills it in and sends it. */
    public Cockpit start(String cluster, String ticket, String reason) {
        startButton().click();
        Locator form = startForm();
        if (form.getByLabel("Cluster").locator("option").count() > 1) {
            form.getByLabel("Cluster").selectOption(cluster);
        }
        form.getByLabel("Ticket").fill(ticket);
        form.getByLabel("Reason").fill(reason);
        person.look("cockpit-start-form");
        form.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Start").setExact(true))
                .click();
        return this;
    }

    public Locator startForm() {
        return page.getByRole(AriaRole.DIALOG);
    }

    /** The instance that runs for a ticket, opened from its runbook's page. */
    public Cockpit openInstance(String ticket) {
        page.locator("tr")
                .filter(new Locator.FilterOptions().setHasText(ticket))
                .getByRole(AriaRole.LINK)
                .first()
                .click();
        return this;
    }

    /** The tab that the plug-in adds to a run: state, failures, hosts by steps, plan, log. */
    public Cockpit openRunTab() {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Run").setExact(true))
                .click();
        return this;
    }

    /** What the plug-in tells of the run. */
    public Locator run() {
        return page.locator(".kr-run");
    }

    public Locator state() {
        return run().locator(".kr-facts .label");
    }

    /** The steps that have done something on a host and are through with it. */
    public Locator doneOn(String host) {
        return run().locator(".kr-matrix .kr-done[data-host=" + host + "]");
    }

    public Locator log() {
        return run().locator(".kr-log");
    }

    public Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    /** Cockpit's own way to end an instance, not the plug-in's. */
    public Cockpit cancelAsCockpitDoes() {
        page.locator("a.btn-toolbar:has(.glyphicon-remove)").first().click();
        button("Delete Process Instance").click();
        button("OK").click();
        return this;
    }

    /** All runs, those that have ended too. */
    public Cockpit openRuns() {
        link("Runs").first().click();
        page.locator(".kr-page").waitFor();
        return this;
    }

    public Locator runsPage() {
        return page.locator(".kr-page");
    }

    private Locator link(String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
