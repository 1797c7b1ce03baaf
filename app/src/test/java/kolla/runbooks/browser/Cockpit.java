package kolla.runbooks.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** Cockpit, where operators work. */
final class Cockpit {

    private final Person person;
    private final Page page;

    Cockpit(Person person) {
        this.person = person;
        this.page = person.page();
    }

    /** The page of a runbook, reached as a person does. */
    Cockpit openRunbook(String name) {
        link("Processes").first().click();
        link(name).first().click();
        page.locator(".djs-element.djs-shape").first().waitFor();
        return this;
    }

    Locator startButton() {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Start runbook"));
    }

    /** Opens the form, fills it in and sends it. */
    Cockpit start(String cluster, String ticket, String reason) {
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

    Locator startForm() {
        return page.getByRole(AriaRole.DIALOG);
    }

    /** The tab that the plug-in adds to a run: state, failures, hosts by steps, plan, log. */
    Cockpit openRunTab() {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Run").setExact(true))
                .click();
        return this;
    }

    /** What the plug-in tells of the run. */
    Locator run() {
        return page.locator(".kr-run");
    }

    Locator state() {
        return run().locator(".kr-facts .label");
    }

    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    /** Cockpit's own way to end an instance, not the plug-in's. */
    Cockpit cancelAsCockpitDoes() {
        page.locator("a.btn-toolbar:has(.glyphicon-remove)").first().click();
        button("Delete Process Instance").click();
        button("OK").click();
        return this;
    }

    /** All runs, those that have ended too. */
    Cockpit openRuns() {
        link("Runs").first().click();
        page.locator(".kr-page").waitFor();
        return this;
    }

    Locator runsPage() {
        return page.locator(".kr-page");
    }

    private Locator link(String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
