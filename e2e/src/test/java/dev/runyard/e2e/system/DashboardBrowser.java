package dev.runyard.e2e.system;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotAnimations;
import dev.runyard.testkit.Requirement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A real browser in which the owner of a system is signed in to the dashboard. Screenshots: target/screenshots.
public final class DashboardBrowser implements AutoCloseable {
    /// Patience for what a run has to do first.
    public static final LocatorAssertions.ContainsTextOptions SOON =
            new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);

    public static final LocatorAssertions.IsVisibleOptions VISIBLE_SOON =
            new LocatorAssertions.IsVisibleOptions().setTimeout(60_000);

    private static final double PATIENCE_MS = 60_000;
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;
    private final Page page;
    private final String origin;
    private final List<String> errors = new ArrayList<>();

    private DashboardBrowser(Playwright playwright, String origin) {
        this.playwright = playwright;
        this.origin = origin;
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Requirement.chromium())
                        .setArgs(ARGUMENTS));
        page = browser.newContext(new Browser.NewContextOptions()
                        .setViewportSize(1440, 900)
                        .setPermissions(List.of("clipboard-read", "clipboard-write")))
                .newPage();
        page.onPageError(errors::add);
        page.setDefaultTimeout(PATIENCE_MS);
    }

    /// Starts a browser and signs in by the link of the system's start, which works once.
    public static DashboardBrowser signIn(WholeSystem system) {
        DashboardBrowser started = new DashboardBrowser(Playwright.create(), system.origin.toString());
        started.page.navigate(system.loginLink());
        started.page.waitForURL("**/runs*");
        return started;
    }

    public Page page() {
        return page;
    }

    /// For visitors who are not signed in.
    public Browser browser() {
        return browser;
    }

    /// Returns what scripts of the page threw so far.
    public List<String> errors() {
        return errors;
    }

    /// Opens a page by its path, without a slash before it.
    public void open(String path) {
        page.navigate(origin + "/" + path);
    }

    /// Clicks the first button of exactly this name.
    public void click(String button) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(button).setExact(true))
                .first()
                .click();
    }

    /// Returns the rows of tables that contain a text.
    public Locator row(String text) {
        return page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(text));
    }

    /// Returns the status on the page of a run.
    public Locator runStatus() {
        return page.getByRole(AriaRole.STATUS, new Page.GetByRoleOptions().setName("Run status"));
    }

    /// Takes the page in both looks; the light one stays.
    public void screenshots(String name) {
        screenshots(page, name);
    }

    /// Takes somebody else's page in both looks.
    public static void screenshots(Page page, String name) {
        for (ColorScheme scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            page.screenshot(new Page.ScreenshotOptions()
                    .setAnimations(ScreenshotAnimations.DISABLED)
                    .setPath(SCREENSHOTS.resolve(name + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png")));
        }
    }

    /// Takes the page as a phone shows it, in both looks, and returns what could not be read or reached there.
    public List<String> phoneProblems(String name) {
        return new PhoneView(page)
                .problems(() -> screenshots("phone-" + name)).stream()
                        .map(problem -> name + ", " + problem)
                        .toList();
    }

    @Override
    public void close() {
        playwright.close();
    }
}
