package dev.runyard.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.runyard.e2e.system.DashboardBrowser.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.runyard.e2e.tasks.ProbeTasks;
import dev.runyard.sdk.client.RunHandle;
import dev.runyard.sdk.run.TriggerOptions;
import java.util.regex.Pattern;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// What a person does on the first page, in a real browser on a live server. Screenshots: target/screenshots.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrowserIT extends DashboardTest {
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
}
