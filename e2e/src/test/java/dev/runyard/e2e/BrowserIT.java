package dev.runyard.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.runyard.e2e.system.DashboardBrowser.SOON;
import static dev.runyard.e2e.system.DashboardBrowser.VISIBLE_SOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.runyard.e2e.system.DashboardBrowser;
import dev.runyard.e2e.tasks.ProbeTasks;
import dev.runyard.e2e.tasks.TraceTasks;
import dev.runyard.e2e.tasks.WaitTasks;
import dev.runyard.sdk.client.RunHandle;
import dev.runyard.sdk.run.TriggerOptions;
import dev.runyard.testkit.oidc.TestIdentityProvider;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// What a person does on the first page, in a real browser on a live server. Screenshots: target/screenshots.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrowserIT extends DashboardTest {
    private static final TestIdentityProvider PROVIDER = TestIdentityProvider.start();

    @Override
    protected Map<String, String> webappSettings() {
        return Map.of(
                "RUNYARD_OIDC_ISSUER",
                PROVIDER.issuer(),
                "RUNYARD_OIDC_CLIENT_ID",
                TestIdentityProvider.CLIENT_ID,
                "RUNYARD_OIDC_CLIENT_SECRET",
                TestIdentityProvider.CLIENT_SECRET,
                "RUNYARD_OIDC_LABEL",
                "Sign in with Acme");
    }

    @Test
    @Order(1)
    void usesALoginLinkOnce() {
        try (BrowserContext stranger = dashboard.browser().newContext()) {
            Page other = stranger.newPage();
            other.navigate(system.loginLink());
            assertThat(other.getByRole(AriaRole.ALERT)).isVisible();
        }
    }

    @Test
    @Order(2)
    void watchesARunFromQueuedToCompletedWithoutReloading() {
        String witness = system.folder().resolve("browser-witness").toString();
        page.evaluate("window.neverReloaded = true");
        RunHandle<Long> run = client.trigger(ProbeTasks.PROBE, new ProbeTasks.Probe(witness, 4_000));
        Locator row = page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("probe"));
        assertThat(row.first()).containsText(Pattern.compile("Queued|Dequeued|Executing"), SOON);
        assertThat(row.first()).containsText("Executing", SOON);
        dashboard.screenshots("runs-live");
        assertThat(row.first()).containsText("Completed", SOON);
        assertThat((Boolean) page.evaluate("window.neverReloaded === true")).isTrue();
        page.navigate(system.origin + "/envs/prod/runs/" + run.id());
        assertThat(dashboard.runStatus()).containsText("Completed", SOON);
        dashboard.screenshots("run-completed");
    }

    @Test
    @Order(3)
    void cancelsARun() {
        RunHandle<Long> run = client.trigger(
                ProbeTasks.PROBE,
                new ProbeTasks.Probe(system.folder().resolve("browser-witness").toString(), 600_000));
        page.navigate(system.origin + "/envs/prod/runs/" + run.id());
        assertThat(dashboard.runStatus()).containsText("Executing", SOON);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Cancel run"))
                .click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Confirm cancellation"))
                .click();
        assertThat(dashboard.runStatus()).containsText("Canceled", SOON);
        dashboard.screenshots("run-canceled");
    }

    @Test
    @Order(4)
    void showsWhyARunFailedAndReplaysIt() {
        RunHandle<Integer> run =
                client.trigger(ProbeTasks.EXITS, 9, TriggerOptions.none().tags("<img src=x onerror=alert(1)>"));
        page.navigate(system.origin + "/envs/prod/runs/" + run.id());
        assertThat(dashboard.runStatus()).containsText("Crashed", SOON);
        assertThat(page.locator("body")).containsText("9", SOON);
        assertThat(page.locator("body")).containsText("<img src=x onerror=alert(1)>");
        assertThat(page.locator("img[src=x]")).hasCount(0);
        dashboard.screenshots("run-crashed");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Replay").setExact(true))
                .click();
        page.waitForURL(url -> url.contains("/runs/run_") && !url.contains(run.id()));
        assertThat(dashboard.errors()).isEmpty();
    }

    @Test
    @Order(5)
    void signsInByTheProvidersButtonAndShowsThePageThatWasWanted() {
        try (BrowserContext stranger = dashboard.browser().newContext()) {
            Page other = stranger.newPage();
            other.navigate(system.origin + "/envs/prod/queues?wanted=1");
            other.waitForURL("**/login");
            Locator button = other.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Sign in with Acme"));
            assertThat(button).isVisible(VISIBLE_SOON);
            DashboardBrowser.screenshots(other, "page-login");

            PROVIDER.behave().refuses("access_denied");
            button.click();
            other.waitForURL("**/login?refused=denied");
            assertThat(other.getByRole(AriaRole.ALERT)).isVisible(VISIBLE_SOON);
            DashboardBrowser.screenshots(other, "page-login-refused");

            PROVIDER.behave().as(Map.of("sub", "1", "email", "owner@localhost", "email_verified", true));
            button.click();
            other.waitForURL("**/envs/prod/queues?wanted=1");
            assertThat(other.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Queues")))
                    .isVisible(VISIBLE_SOON);
        }
    }

    /// What a stranger must find without being told where to look.
    @Test
    @Order(6)
    void tellsInThreeClicksWhyARunFailedAndWhyAnotherOneWaits() {
        client.trigger(WaitTasks.DOUBLE, -7);
        openFrontPage();
        dashboard.click("Failed");
        Locator failed = dashboard.row("double").filter(new Locator.FilterOptions().setHasText("Failed"));
        assertThat(failed.first()).isVisible(VISIBLE_SOON);
        failed.first().click();
        Locator overview = page.getByRole(AriaRole.TABPANEL);
        assertThat(overview).containsText("negative: -7", SOON);
        assertThat(overview).containsText("at dev.runyard.e2e.tasks.WaitTasks");
        assertThat(clicks()).isLessThanOrEqualTo(3);

        RunHandle<Integer> holder = client.trigger(TraceTasks.ALONE, 600_000);
        page.navigate(system.origin + "/envs/prod/runs/" + holder.id());
        assertThat(dashboard.runStatus()).containsText("Executing", SOON);
        RunHandle<Integer> waiting = client.trigger(TraceTasks.ALONE, 1);
        openFrontPage();
        Locator queued = dashboard.row("alone").filter(new Locator.FilterOptions().setHasText("Queued"));
        assertThat(queued.first()).isVisible(VISIBLE_SOON);
        queued.first().click();
        page.waitForURL("**/runs/" + waiting.id());
        Locator reason = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Why it waits"));
        assertThat(reason).containsText("1 of 1 runs execute", SOON);
        reason.getByRole(AriaRole.LINK).first().click();
        page.waitForURL("**/runs/" + holder.id());
        assertThat(dashboard.runStatus()).containsText("Executing", SOON);
        assertThat(clicks()).isLessThanOrEqualTo(3);
        assertThat(dashboard.errors()).isEmpty();
    }

    private void openFrontPage() {
        page.navigate(system.origin + "/");
        page.waitForURL("**/runs");
        page.evaluate("""
                () => {
                  window.clicks = 0;
                  addEventListener('click', (event) => event.isTrusted && window.clicks++, true);
                }
                """);
    }

    /// Returns how often somebody clicked since the front page was opened.
    private int clicks() {
        return (int) page.evaluate("window.clicks");
    }
}
