package dev.runyard.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.runyard.e2e.system.DashboardBrowser.SOON;
import static dev.runyard.e2e.system.DashboardBrowser.VISIBLE_SOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.runyard.e2e.tasks.TraceTasks;
import dev.runyard.e2e.tasks.WaitTasks;
import dev.runyard.protocol.id.RunId;
import dev.runyard.sdk.client.RunHandle;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The page of a run and the search through logs, in a real browser on a live server. Screenshots: target/screenshots.
class RunPageIT extends DashboardTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void showsLiveWhatATasksTimeIsSpentOn() {
        RunHandle<Integer> run = client.trigger(TraceTasks.TRACED, 4);
        open(run.id(), "?tab=trace");
        page.evaluate("window.neverReloaded = true");

        assertThat(row("read orders").first()).isVisible(VISIBLE_SOON);
        assertThat(row("Trigger double and wait").first()).isVisible(VISIBLE_SOON);
        assertThat(dashboard.runStatus()).containsText("Completed", SOON);
        assertThat(row("parse " + TraceTasks.HOSTILE)).isVisible(VISIBLE_SOON);
        assertThat(row("odd order " + TraceTasks.HOSTILE)).isVisible(VISIBLE_SOON);
        assertThat(row("Try 1 of 2")).hasAttribute("data-error", "true");
        assertThat(row("Try 2 of 2")).isVisible();
        assertThat(page.locator("img[src=x]")).hasCount(0);
        assertThat((Boolean) page.evaluate("window.neverReloaded === true")).isTrue();

        row("read orders").first().click();
        Locator inspector = page.getByTestId("span-inspector");
        assertThat(inspector).containsText("connected");
        assertThat(inspector).containsText(TraceTasks.HOSTILE);
        dashboard.screenshots("run-trace");
        page.keyboard().press("Escape");
        assertThat(dashboard.phoneProblems("run-trace")).isEmpty();
        for (String tab : List.of("overview", "logs", "attempts", "history")) {
            open(run.id(), "?tab=" + tab);
            assertThat(page.getByRole(AriaRole.TABPANEL)).isVisible();
            assertThat(dashboard.phoneProblems("run-" + tab)).isEmpty();
        }
        open(run.id(), "?tab=trace");

        row("double").last().click();
        inspector.getByRole(AriaRole.LINK).click();
        assertThat(page.locator("h1")).hasText("double");
        page.getByLabel("Details")
                .getByRole(AriaRole.LINK)
                .filter(text("traced"))
                .click();
        assertThat(page.locator("h1")).hasText("traced");
        assertThat(dashboard.errors()).isEmpty();
    }

    @Test
    void movesThroughTheTraceByKeyboard() {
        RunHandle<Integer> run = client.trigger(TraceTasks.TRACED, 1);
        run.await(PATIENCE);
        open(run.id(), "?tab=trace");
        assertThat(row("read orders").first()).isVisible(VISIBLE_SOON);
        Locator tree = page.getByRole(AriaRole.TREE);
        tree.focus();

        tree.press("ArrowDown");
        assertThat(selected()).containsText("Queued");
        tree.press("ArrowDown");
        assertThat(selected()).containsText("Starting");
        tree.press("ArrowDown");
        assertThat(selected()).containsText("Attempt 1");
        int all = row("").count();
        tree.press("ArrowLeft");
        assertThat(row("read orders")).hasCount(0);
        assertThat(selected()).hasAttribute("aria-expanded", "false");
        tree.press("ArrowRight");
        assertThat(row("")).hasCount(all);
        tree.press("ArrowRight");
        assertThat(selected()).containsText("read orders");
        tree.press("Home");
        assertThat(selected()).containsText("traced");
        tree.press("Escape");
        assertThat(selected()).hasCount(0);
        assertThat(page).hasURL(Pattern.compile(".*/runs/" + run.id() + "\\?tab=trace$"));

        page.getByLabel("Search the trace").fill("odd order");
        assertThat(row("odd order").first()).isVisible();
        assertThat(row("read the orders")).hasCount(0);
    }

    @Test
    void showsTenThousandSpansAtOnce() {
        RunHandle<Integer> run = client.trigger(TraceTasks.TRACED, 1);
        run.await(PATIENCE);
        addSpans(RunId.parse(run.id()), 10_000);
        open(run.id(), "?tab=trace");

        assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Trace")))
                .containsText(Pattern.compile("10,0\\d\\d rows"), SOON);
        assertThat(row("").count()).isLessThan(100);
        page.getByRole(AriaRole.TREE).press("End");
        assertThat(selected()).isVisible();
        dashboard.screenshots("run-trace-10000");
    }

    @Test
    void saysWhyARunWaitsAndWhoHoldsItsSlot() {
        RunHandle<Integer> first = client.trigger(TraceTasks.ALONE, 600_000);
        open(first.id(), "");
        assertThat(dashboard.runStatus()).containsText("Executing", SOON);
        RunHandle<Integer> second = client.trigger(TraceTasks.ALONE, 1);
        open(second.id(), "");

        Locator reason = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Why it waits"));
        assertThat(reason).containsText("1 of 1 runs execute", SOON);
        assertThat(reason).containsText("Slots 1 of 1");
        dashboard.screenshots("run-waiting");
        assertThat(dashboard.phoneProblems("run-waiting")).isEmpty();
        reason.getByRole(AriaRole.LINK).filter(text("alone")).click();
        page.waitForURL("**/runs/" + first.id());
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Cancel run"))
                .click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Confirm cancellation"))
                .click();
        assertThat(dashboard.runStatus()).containsText("Canceled", SOON);
        open(second.id(), "");
        assertThat(dashboard.runStatus()).containsText("Completed", SOON);
    }

    @Test
    void replaysWithAnotherPayloadAndCopiesTheCall() {
        RunHandle<Integer> run = client.trigger(WaitTasks.DOUBLE, -1);
        open(run.id(), "");
        assertThat(dashboard.runStatus()).containsText("Failed", SOON);
        assertThat(page.locator("body")).containsText("negative: -1");
        dashboard.screenshots("run-failed");
        assertThat(dashboard.phoneProblems("run-failed")).isEmpty();

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Copy the call"))
                .click();
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Java").setExact(true))
                .click();
        assertThat(String.valueOf(page.evaluate("navigator.clipboard.readText()")))
                .contains("TaskReference.to(\"double\"", "readTree(\"-1\")");

        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Replay with another payload"))
                .click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        Locator replay = dialog.getByRole(
                AriaRole.BUTTON,
                new Locator.GetByRoleOptions().setName("Replay").setExact(true));
        dialog.getByLabel("Payload", new Locator.GetByLabelOptions().setExact(true))
                .fill("{");
        assertThat(replay).isDisabled();
        assertThat(dialog.getByRole(AriaRole.ALERT)).isVisible();
        dialog.getByLabel("Payload", new Locator.GetByLabelOptions().setExact(true))
                .fill("21");
        dashboard.screenshots("run-replay");
        replay.click();
        page.waitForURL(url -> url.contains("/runs/run_") && !url.contains(run.id()));
        assertThat(dashboard.runStatus()).containsText("Completed", SOON);
        assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Output")))
                .containsText("42");
        page.getByLabel("Details").getByRole(AriaRole.LINK).filter(text("run_")).click();
        page.waitForURL("**/runs/" + run.id());
    }

    @Test
    void searchesWhatAllRunsWrote() {
        RunHandle<Integer> run = client.trigger(TraceTasks.TRACED, 2);
        run.await(PATIENCE);
        page.navigate(system.origin + "/envs/prod/logs");
        page.getByLabel("Search text").fill("odd order <img");
        page.getByLabel("Search text").press("Enter");

        Locator line = page.getByTestId("found-line").filter(text("odd order " + TraceTasks.HOSTILE));
        assertThat(line.first()).isVisible(VISIBLE_SOON);
        assertThat(page.locator("img[src=x]")).hasCount(0);
        assertThat(page.getByTestId("found-line").filter(text("read the orders")))
                .hasCount(0);
        page.getByLabel("Least level").selectOption("ERROR");
        assertThat(page.locator("body")).containsText("No line matches");
        page.getByLabel("Least level").selectOption("WARN");
        assertThat(line.first()).isVisible(VISIBLE_SOON);
        assertThat(page).hasURL(Pattern.compile(".*level=WARN.*"));
        dashboard.screenshots("logs");
        line.first().getByRole(AriaRole.LINK).click();
        assertThat(page.locator("h1")).hasText("traced");
        assertThat(dashboard.errors()).isEmpty();
    }

    private void open(String run, String search) {
        page.navigate(system.origin + "/envs/prod/runs/" + run + search);
    }

    private Locator row(String contained) {
        return page.getByTestId("trace-row").filter(text(contained));
    }

    private Locator selected() {
        return page.locator("[role=treeitem][aria-selected=true]");
    }

    private static Locator.FilterOptions text(String contained) {
        return new Locator.FilterOptions().setHasText(contained);
    }
}
