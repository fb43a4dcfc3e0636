package dev.runyard.e2e;

import com.microsoft.playwright.Page;
import dev.runyard.e2e.system.DashboardBrowser;
import dev.runyard.e2e.system.WholeSystem;
import dev.runyard.protocol.id.RunId;
import dev.runyard.sdk.client.Runyard;
import dev.runyard.testkit.Requirement;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/// A person who has signed in to a live server with deployed tasks, in a real browser. The tests of a class share both.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DashboardTest {
    protected WholeSystem system;
    protected Runyard client;
    protected DashboardBrowser dashboard;
    protected Page page;

    @BeforeAll
    void signIn() {
        Requirement.BROWSER.check();
        String name = getClass().getSimpleName().toLowerCase(Locale.ROOT);
        Path folder = Path.of("target", name, String.valueOf(System.nanoTime()));
        system = WholeSystem.start(folder, "process", Map.of(), webappSettings());
        system.deployProbes();
        client = system.client();
        dashboard = DashboardBrowser.signIn(system);
        page = dashboard.page();
    }

    /// Further settings of the server, for tests that need them.
    protected Map<String, String> webappSettings() {
        return Map.of();
    }

    @AfterAll
    void stop() {
        closeAll(dashboard, client, system);
    }

    /// Stores spans as if a run's task had sent them.
    protected void addSpans(RunId run, int count) {
        system.sql().sql("""
                        insert into run_span (run_id, span_id, change, started_at, ended_at, attempt, kind, status, name)
                        select :run, lpad(to_hex(n), 16, '0'), 1000000 + n, now(), now() + interval '1 ms' * n, 1,
                            'SPAN', 'OK', 'step ' || n
                        from generate_series(1, :count) n
                        """).param("run", run.value()).param("count", count).update();
    }

    /// Where the start failed, what came after it is absent.
    private static void closeAll(
            @Nullable DashboardBrowser dashboard, @Nullable Runyard client, @Nullable WholeSystem system) {
        if (dashboard != null) {
            dashboard.close();
        }
        if (client != null) {
            client.close();
        }
        if (system != null) {
            system.close();
        }
    }
}
