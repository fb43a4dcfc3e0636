package dev.runyard.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.runyard.e2e.system.DashboardBrowser.SOON;
import static dev.runyard.e2e.system.DashboardBrowser.VISIBLE_SOON;
import static dev.runyard.e2e.tasks.TraceTasks.HOSTILE;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.runyard.e2e.tasks.ProbeTasks;
import dev.runyard.e2e.tasks.WaitTasks;
import dev.runyard.sdk.client.RunHandle;
import dev.runyard.sdk.run.TriggerOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// What a person does on the pages beside the runs, in a real browser on a live server. Screenshots of all pages:
/// target/screenshots.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PagesIT extends DashboardTest {
    private static final Path AXE = Path.of("..", "webapp", "ui", "node_modules", "axe-core", "axe.min.js");
    private static final int MANY = 1_000;
    private static final int BATCH = 500;
    private static final List<String> PAGES = List.of(
            "envs/prod/tasks",
            "envs/prod/runs",
            "envs/prod/test?task=probe",
            "envs/prod/errors?state=ALL",
            "envs/prod/logs",
            "envs/prod/queues",
            "envs/prod/schedules",
            "envs/prod/batches",
            "envs/prod/bulk-actions",
            "envs/prod/waitpoints",
            "envs/prod/deployments",
            "envs/prod/variables",
            "envs/prod/keys",
            "envs/prod/alerts",
            "team",
            "team?tab=audit",
            "workers",
            "account",
            "account/authorization-code/example",
            "settings");

    @Test
    @Order(1)
    void triggersATestRun() {
        dashboard.open("envs/prod/test?task=double");
        page.getByLabel("JSON", new Page.GetByLabelOptions().setExact(true)).fill("21");
        dashboard.click("Run test");
        page.waitForURL("**/runs/run_*");
        assertThat(dashboard.runStatus()).containsText("Completed", SOON);
        assertThat(page.locator("body")).containsText("42");
    }

    @Test
    @Order(1)
    void fillsTheFormOfATasksSchema() {
        dashboard.open("envs/prod/test?task=order");
        Locator form = page.getByLabel("Payload", new Page.GetByLabelOptions().setExact(true));
        form.getByLabel("customer").fill("Ann " + HOSTILE);
        form.getByLabel("amount").fill("3");
        form.getByLabel("gift").check();
        form.getByLabel("size").selectOption("LARGE");
        dashboard.screenshots("test-form");
        dashboard.click("Run test");
        page.waitForURL("**/runs/run_*");

        assertThat(dashboard.runStatus()).containsText("Completed", SOON);
        assertThat(page.locator("body")).containsText("3 for Ann " + HOSTILE + ", LARGE, gift");
        assertThat(page.locator("img[src=x]")).hasCount(0);
    }

    @Test
    @Order(2)
    void pausesAQueueAndResumesIt() {
        dashboard.open("envs/prod/queues");
        dashboard.click("Pause double");
        assertThat(dashboard.row("double")).containsText("Paused", SOON);
        RunHandle<Integer> held = client.trigger(WaitTasks.DOUBLE, 4);
        dashboard.open("envs/prod/runs/" + held.id());
        assertThat(page.locator("body")).containsText("is paused", SOON);
        dashboard.open("envs/prod/queues");
        dashboard.click("Resume double");
        dashboard.open("envs/prod/runs/" + held.id());
        assertThat(dashboard.runStatus()).containsText("Completed", SOON);
    }

    @Test
    @Order(3)
    void pausesTheWholeEnvironmentAndResumesIt() {
        dashboard.open("envs/prod/queues");
        dashboard.click("Pause environment");
        dashboard.click("Pause");
        assertThat(page.locator("main header").first()).containsText("Paused", SOON);
        RunHandle<Integer> held = client.trigger(WaitTasks.DOUBLE, 5);
        dashboard.open("envs/prod/runs/" + held.id());
        assertThat(page.locator("body")).containsText("The environment is paused", SOON);
        dashboard.open("envs/prod/queues");
        dashboard.click("Resume environment");
        dashboard.open("envs/prod/runs/" + held.id());
        assertThat(dashboard.runStatus()).containsText("Completed", SOON);
    }

    @Test
    @Order(4)
    void completesATokenThatARunWaitsFor() {
        RunHandle<String> run = client.trigger(WaitTasks.ASK, 600);
        dashboard.open("envs/prod/waitpoints");
        Locator waiting = page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("Waiting"));
        assertThat(waiting.first()).containsText("Waiting", SOON);
        dashboard.click("Complete");
        page.getByLabel("Data").fill("\"granted\"");
        dashboard.click("Complete token");
        dashboard.open("envs/prod/runs/" + run.id());
        assertThat(dashboard.runStatus()).containsText("Completed", SOON);
        assertThat(page.locator("body")).containsText("granted");
    }

    @Test
    @Order(5)
    void editsVariables() {
        dashboard.open("envs/prod/variables");
        dashboard.click("New variable");
        page.getByLabel("Name").fill("GREETING");
        page.getByLabel("Value").fill("hello");
        dashboard.click("Save");
        assertThat(dashboard.row("GREETING")).containsText("••••", SOON);
        dashboard.click("Show GREETING");
        assertThat(dashboard.row("GREETING")).containsText("hello", SOON);
        dashboard.click("Paste many");
        page.getByLabel("Lines of a .env file").fill("# lines\nexport ONE=1\nTWO=\"2\"\n");
        dashboard.click("Save 2 variables");
        assertThat(dashboard.row("TWO")).isVisible();
        dashboard.click("Delete GREETING");
        dashboard.click("Delete variable");
        assertThat(dashboard.row("GREETING")).hasCount(0);
    }

    @Test
    @Order(6)
    void showsAKeyOnce() {
        dashboard.open("envs/prod/keys");
        dashboard.click("New key");
        page.getByLabel("Name").fill("Shop");
        dashboard.click("Make key");
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("tr_prod_", SOON);
        dashboard.click("I have copied it");
        assertThat(dashboard.row("Shop")).containsText("trigger:tasks");
        page.reload();
        assertThat(page.locator("body")).containsText("Shop", SOON);
        assertThat((String) page.content()).doesNotContainPattern("tr_prod_[A-Za-z0-9]{20}");
    }

    @Test
    @Order(7)
    void gathersErrorsAndResolvesThem() {
        client.trigger(ProbeTasks.EXITS, 3, TriggerOptions.none());
        dashboard.open("envs/prod/errors");
        assertThat(dashboard.row("exits").first()).isVisible(VISIBLE_SOON);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^Resolve .+")))
                .first()
                .click();
        assertThat(page.locator("body")).containsText("Nothing is broken", SOON);
    }

    @Test
    @Order(8)
    void cancelsAThousandRunsByAFilter() throws IOException, InterruptedException {
        for (int i = 0; i < MANY / BATCH; i++) {
            triggerMany();
        }
        dashboard.open("envs/prod/runs?tag=many");
        assertThat(page.getByRole(AriaRole.ROW).nth(1)).containsText("Delayed", SOON);
        dashboard.click("All that match: bulk action");
        dashboard.click("Cancel all that match");
        page.getByLabel("Name").fill("Tidy up");
        dashboard.click("Cancel them");
        page.waitForURL("**/bulk-actions");
        assertThat(dashboard.row("Tidy up")).containsText("1,000 of 1,000", SOON);
        dashboard.open("envs/prod/runs?tag=many&status=CANCELED");
        assertThat(page.getByRole(AriaRole.ROW).nth(1)).containsText("Canceled", SOON);
    }

    @Test
    @Order(9)
    void goesAnywhereByTyping() {
        dashboard.open("envs/prod/runs");
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Runs")))
                .isVisible(VISIBLE_SOON);
        page.keyboard().press("Control+k");
        page.getByLabel("Page, task, environment or run id").fill("sched");
        page.keyboard().press("Enter");
        page.waitForURL("**/schedules");
        page.keyboard().press("?");
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("Keyboard shortcuts");
        page.keyboard().press("Escape");
    }

    @Test
    @Order(10)
    void setsAPasswordAndSignsInWithIt() {
        dashboard.open("account");
        page.getByLabel("New password").fill("a long enough password");
        page.getByLabel("Once more").fill("a long enough password");
        dashboard.click("Set password");
        assertThat(page.locator("body")).containsText("Change password", SOON);
        try (BrowserContext other = dashboard.browser().newContext()) {
            Page login = other.newPage();
            login.navigate(system.origin + "/login");
            login.getByLabel("E-mail").fill("owner@localhost");
            login.getByLabel("Password").fill("a long enough password");
            login.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                    .click();
            login.waitForURL("**/runs*");
        }
    }

    @Test
    @Order(11)
    void schedulesATaskAndTriesWhatItWillBeTold() {
        dashboard.open("envs/prod/schedules");
        dashboard.click("New schedule");
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByLabel("Task").selectOption("nightly");
        dialog.getByLabel("Rule").fill("30 2 * * *");
        dialog.getByLabel("Time zone").fill("Asia/Tokyo");
        dialog.getByLabel("External id").fill("customer_7");
        assertThat(dialog.getByLabel("Next times")).containsText("02:30 GMT+9", SOON);
        dashboard.screenshots("schedule-new");
        dashboard.click("Create schedule");
        assertThat(dashboard.row("nightly")).containsText("Active", SOON);
        dashboard.click("Stop the schedule of nightly");
        assertThat(dashboard.row("nightly")).containsText("Stopped", SOON);

        dashboard.open("envs/prod/test?task=nightly");
        page.getByLabel("Payloads of schedules")
                .getByRole(AriaRole.BUTTON)
                .filter(new Locator.FilterOptions().setHasText("customer_7"))
                .click();
        assertThat(page.getByLabel("JSON", new Page.GetByLabelOptions().setExact(true)))
                .hasValue(Pattern.compile("\"timezone\": \"Asia/Tokyo\""));
        dashboard.screenshots("test-schedule");
        dashboard.click("Run test");
        page.waitForURL("**/runs/run_*");
        assertThat(dashboard.runStatus()).containsText("Completed", SOON);
        assertThat(page.locator("body")).containsText("customer_7 in Asia/Tokyo");
    }

    @Test
    @Order(11)
    void tellsTheCourseOfADeployment() {
        dashboard.open("envs/prod/deployments");
        dashboard.click("Details");
        Locator log = page.getByRole(
                AriaRole.REGION, new Page.GetByRoleOptions().setName("Log").setExact(true));
        assertThat(log).containsText("It was deployed", SOON);
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("nightly", SOON);
        dashboard.screenshots("deployment-details");
    }

    /// The way of the official command line: it shows an address, and asks until somebody has agreed there.
    @Test
    @Order(11)
    void makesAWorkerGroupAndGivesItAnEnvironment() {
        dashboard.open("workers");
        dashboard.click("New group");
        page.getByLabel("Name").fill("gpu");
        dashboard.click("Make group");
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("tr_wgt_", SOON);
        dashboard.click("I have copied it");

        page.getByLabel("Group of Staging").selectOption("gpu");
        assertThat(page.getByLabel("Remove gpu")).isDisabled();
        dashboard.click("Tokens of gpu");
        dashboard.click("New token");
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("tr_wgt_", SOON);
        dashboard.click("I have copied it");
        dashboard.click("Tokens of gpu");
        page.getByLabel(Pattern.compile("^End the token")).first().click();
        assertThat(page.getByLabel(Pattern.compile("^End the token"))).hasCount(1);
        page.keyboard().press("Escape");

        page.getByLabel("Group of Staging").selectOption("main");
        dashboard.click("Remove gpu");
        dashboard.click("Remove group");
        assertThat(page.getByLabel("Tokens of gpu")).hasCount(0);
    }

    @Test
    @Order(11)
    void signsInACommandLine() throws IOException, InterruptedException {
        String asked = post("/api/v1/authorization-code", "");
        String code = asked.replaceAll(".*\"authorizationCode\":\"([^\"]+)\".*", "$1");
        String redeem = "{\"authorizationCode\":\"" + code + "\"}";
        assertThat(post("/api/v1/token", redeem)).contains("\"token\":null");
        try (BrowserContext other = dashboard.browser().newContext()) {
            Page stranger = other.newPage();
            stranger.navigate(system.origin + "/account/authorization-code/" + code);
            stranger.getByLabel("E-mail").fill("owner@localhost");
            stranger.getByLabel("Password").fill("a long enough password");
            stranger.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                    .click();
            stranger.waitForURL("**/account/authorization-code/" + code);
            stranger.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign it in"))
                    .click();
            assertThat(stranger.getByText("go back to your terminal")).isVisible(VISIBLE_SOON);
        }
        assertThat(post("/api/v1/token", redeem)).contains("\"token\":\"tr_pat_");
        dashboard.open("account/authorization-code/" + code);
        dashboard.click("Sign it in");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("used before");
        dashboard.screenshots("page-authorization-code");
    }

    @Test
    @Order(12)
    void everyPageIsSoundAccessibleAndFitsAPhone() throws IOException {
        String axe = Files.readString(AXE);
        List<String> problems = new ArrayList<>();
        for (String path : PAGES) {
            dashboard.open(path);
            page.waitForCondition(() -> page.getByText("Loading").count() == 0);
            String name = path.replaceFirst("^envs/prod/", "").replaceAll("\\W+", "-");
            dashboard.screenshots("page-" + name);
            page.evaluate(axe);
            problems.addAll(seriousProblems(path));
            problems.addAll(dashboard.phoneProblems(name));
        }

        assertThat(problems).isEmpty();
        assertThat(dashboard.errors()).isEmpty();
    }

    @SuppressWarnings("unchecked") // a list of texts, as the script says
    private List<String> seriousProblems(String path) {
        Object found = page.evaluate("""
                axe.run(document).then(({ violations }) => violations
                    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
                    .map(({ id, nodes }) => id + ': ' + nodes[0].html.slice(0, 200)))
                """);
        return ((List<String>) found).stream().map(one -> path + " " + one).toList();
    }

    private void triggerMany() throws IOException, InterruptedException {
        String item = "{\"task\":\"clock\",\"payload\":1,\"options\":{\"delay\":\"2h\",\"tags\":[\"many\"]}}";
        String body = "{\"items\":[" + String.join(",", Collections.nCopies(BATCH, item)) + "]}";
        post("/api/v2/tasks/batch", body);
    }

    private String post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(system.origin + path))
                .header("Authorization", "Bearer " + system.secretKey())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
            return answer.body();
        }
    }
}
