package dev.runyard.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotAnimations;
import dev.runyard.e2e.system.WholeSystem;
import dev.runyard.e2e.tasks.ProbeTasks;
import dev.runyard.sdk.client.RunHandle;
import dev.runyard.sdk.client.Runyard;
import dev.runyard.sdk.run.TriggerOptions;
import dev.runyard.testkit.Requirement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/// What a person does on the first page, in a real browser on a live server. Screenshots: target/screenshots.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrowserIT {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final LocatorAssertions.ContainsTextOptions SOON =
            new LocatorAssertions.ContainsTextOptions().setTimeout(30_000);

    private WholeSystem system;
    private Runyard client;
    private Playwright playwright;
    private Browser browser;
    private BrowserContext context;
    private Page page;
    private final List<String> errors = new ArrayList<>();

    @BeforeAll
    void signIn() {
        Requirement.BROWSER.check();
        system =
                WholeSystem.start(Path.of("target", "browser", String.valueOf(System.nanoTime())), "process", Map.of());
        system.deployProbes();
        client = system.client();
        playwright = Playwright.create();
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Requirement.chromium())
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
        context = browser.newContext(new Browser.NewContextOptions().setViewportSize(1440, 900));
        page = context.newPage();
        page.onPageError(errors::add);
        page.navigate(system.loginLink());
        page.waitForURL("**/runs*");
    }

    @AfterAll
    void stop() {
        if (system == null) {
            return;
        }
        if (playwright != null) {
            playwright.close();
        }
        client.close();
        system.close();
    }

    @Test
    @Order(1)
    void usesALoginLinkOnce() {
        try (BrowserContext stranger = browser.newContext()) {
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
        screenshots("runs-live");
        assertThat(row.first()).containsText("Completed", SOON);
        assertThat((Boolean) page.evaluate("window.neverReloaded === true")).isTrue();
        page.navigate(system.origin + "/envs/prod/runs/" + run.id());
        assertThat(status()).containsText("Completed", SOON);
        screenshots("run-completed");
    }

    @Test
    @Order(3)
    void cancelsARun() {
        RunHandle<Long> run = client.trigger(
                ProbeTasks.PROBE,
                new ProbeTasks.Probe(system.folder().resolve("browser-witness").toString(), 600_000));
        page.navigate(system.origin + "/envs/prod/runs/" + run.id());
        assertThat(status()).containsText("Executing", SOON);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Cancel run"))
                .click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Confirm cancellation"))
                .click();
        assertThat(status()).containsText("Canceled", SOON);
        screenshots("run-canceled");
    }

    @Test
    @Order(4)
    void showsWhyARunFailedAndReplaysIt() {
        RunHandle<Integer> run =
                client.trigger(ProbeTasks.EXITS, 9, TriggerOptions.none().tags("<img src=x onerror=alert(1)>"));
        page.navigate(system.origin + "/envs/prod/runs/" + run.id());
        assertThat(status()).containsText("Crashed", SOON);
        assertThat(page.locator("body")).containsText("9", SOON);
        assertThat(page.locator("body")).containsText("<img src=x onerror=alert(1)>");
        assertThat(page.locator("img[src=x]")).hasCount(0);
        screenshots("run-crashed");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Replay").setExact(true))
                .click();
        page.waitForURL(url -> url.contains("/runs/run_") && !url.contains(run.id()));
        assertThat(errors).isEmpty();
    }

    private Locator status() {
        return page.getByRole(AriaRole.STATUS, new Page.GetByRoleOptions().setName("Run status"));
    }

    private void screenshots(String name) {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            page.screenshot(new Page.ScreenshotOptions()
                    .setAnimations(ScreenshotAnimations.DISABLED)
                    .setPath(SCREENSHOTS.resolve(name + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png")));
        }
    }
}
