package dev.runyard.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.runyard.e2e.system.DashboardBrowser.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.runyard.e2e.tasks.TraceTasks;
import dev.runyard.e2e.tasks.WaitTasks;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.TimeOrderedIds;
import dev.runyard.sdk.client.RunHandle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What waiting for the dashboard costs a person, in a real browser without a graphics processor. The server, its
/// databases and the browser share the machine.
class DashboardBench extends DashboardTest {
    private static final Logger LOG = LoggerFactory.getLogger(DashboardBench.class);
    private static final int STORED = Integer.getInteger("bench.stored", 1_000_000);
    private static final int SPANS = 10_000;
    private static final int ROUNDS = 15;
    private static final int UPDATES = 60;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /// Notes when a run's row, and its end, was first on the page.
    private static final String WATCH = """
            () => {
              window.seen = {};
              const look = () => {
                const now = Date.now();
                for (const link of document.querySelectorAll('a[data-run]')) {
                  const id = link.dataset.run;
                  window.seen[id] ??= { first: now };
                  if (link.ariaLabel.includes('Completed')) window.seen[id].end ??= now;
                }
              };
              new MutationObserver(() => requestAnimationFrame(look))
                .observe(document.body, { childList: true, subtree: true, attributes: true });
            }""";
    /// Scrolls as fast as a wheel does, and returns the milliseconds between frames.
    private static final String SCROLL = """
            () => new Promise((done) => {
              const tree = document.querySelector('[role=tree]');
              let scroller = tree;
              while (scroller && scroller.scrollHeight <= scroller.clientHeight + 1) scroller = scroller.parentElement;
              const frames = [];
              let last = performance.now();
              const step = (now) => {
                frames.push(now - last);
                last = now;
                scroller.scrollTop += 240;
                frames.length < 240 ? requestAnimationFrame(step) : done(frames.slice(1));
              };
              requestAnimationFrame(step);
            })""";

    @Test
    void listsRunsOfAMillion() {
        RunHandle<Integer> run = client.trigger(TraceTasks.ALONE, 1);
        run.await(PATIENCE);
        copy(RunId.parse(run.id()), STORED);
        for (String search : List.of("", "?status=COMPLETED", "?task=alone", "?tag=nobody", "?period=1h")) {
            List<Double> millis = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                long begin = System.nanoTime();
                page.navigate(system.origin + "/envs/prod/runs" + search);
                page.locator(search.contains("tag") ? "h2, h3" : "a[data-run]")
                        .first()
                        .waitFor();
                millis.add((System.nanoTime() - begin) / 1e6);
            }
            LOG.info("{} runs stored, runs{}: from the address to the first row {}", STORED, search, spread(millis));
        }
    }

    @Test
    void showsManySpans() {
        RunHandle<Integer> run = client.trigger(TraceTasks.ALONE, 1);
        run.await(PATIENCE);
        addSpans(RunId.parse(run.id()), SPANS);
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            page.navigate(system.origin + "/envs/prod/runs/" + run.id() + "?tab=trace");
            assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Trace")))
                    .containsText(Pattern.compile("10,0\\d\\d rows"), SOON);
            millis.add((System.nanoTime() - begin) / 1e6);
        }
        LOG.info("{} spans: from the address to all rows {}", SPANS, spread(millis));
        List<Double> frames = numbers(page.evaluate(SCROLL));
        LOG.info(
                "{} spans scrolled: frames {}, {} of {} took more than two periods of 60 Hz",
                SPANS,
                spread(frames),
                frames.stream().filter(frame -> frame > 34).count(),
                frames.size());
    }

    @Test
    void showsChanges() throws InterruptedException {
        page.navigate(system.origin + "/envs/prod/runs?task=double");
        page.locator("main").waitFor();
        page.evaluate("(" + WATCH + ")()");
        List<RunHandle<Integer>> runs = new ArrayList<>();
        for (int i = 0; i < UPDATES; i++) {
            RunHandle<Integer> run = client.trigger(WaitTasks.DOUBLE, i);
            run.await(PATIENCE);
            runs.add(run);
        }
        page.waitForTimeout(2_000);
        Map<?, ?> seen = (Map<?, ?>) page.evaluate("window.seen");
        List<Double> appeared = new ArrayList<>();
        List<Double> ended = new ArrayList<>();
        for (RunHandle<Integer> run : runs) {
            if (seen.get(run.id()) instanceof Map<?, ?> times
                    && times.get("first") instanceof Number first
                    && times.get("end") instanceof Number end) {
                RunId id = RunId.parse(run.id());
                appeared.add(first.doubleValue()
                        - TimeOrderedIds.instantOf(id.value()).toEpochMilli());
                ended.add(end.doubleValue() - endOf(id));
            }
        }
        assertThat(ended).hasSizeGreaterThan(UPDATES / 2);
        LOG.info(
                "from the trigger's commit to the row: {}; from the end to its badge: {}",
                spread(appeared),
                spread(ended));
    }

    @Test
    void weighsTheBundle() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("..", "webapp", "target", "classes", "static", "assets"))) {
            List<Path> assets = files.filter(Files::isRegularFile).toList();
            assertThat(assets).isNotEmpty();
            for (String suffix : List.of(".js", ".css")) {
                List<Path> kind = assets.stream()
                        .filter(file -> file.toString().endsWith(suffix))
                        .toList();
                LOG.info(
                        "{} files {}: {} KB, {} KB compressed",
                        kind.size(),
                        suffix,
                        kind.stream().mapToLong(DashboardBench::size).sum() / 1024,
                        kind.stream().mapToLong(DashboardBench::compressed).sum() / 1024);
            }
        }
    }

    /// Copies a run that ended, spread over the six days before it.
    private void copy(RunId run, int count) {
        system.sql()
                .sql("select ensure_run_partitions((now() - interval '7 days')::date, 3)")
                .query((_, _) -> 1)
                .list();
        system.sql().sql("""
                create table copies as
                select (lpad(to_hex((extract(epoch from now() - interval '6 days' * i / :count) * 1000)::bigint), 12, '0')
                    || '7' || substr(md5(i::text), 1, 3) || '8' || substr(md5(i::text), 5, 15))::uuid as copy
                from generate_series(1, :count) i
                """).param("count", count).update();
        for (String table : List.of("run", "run_state")) {
            String key = table.equals("run") ? "id" : "run_id";
            String columns = system.sql()
                    .sql("""
                            select string_agg(column_name, ', ') from information_schema.columns
                            where table_name = ? and column_name <> ?
                            """)
                    .param(table)
                    .param(key)
                    .query(String.class)
                    .single();
            system.sql()
                    .sql("insert into %1$s (%2$s, %3$s) select copy, %3$s from %1$s, copies where %2$s = ?"
                            .formatted(table, key, columns))
                    .param(run.value())
                    .update();
        }
        system.sql().sql("vacuum analyze run, run_state").update();
    }

    private double endOf(RunId run) {
        return system.sql()
                .sql("select extract(epoch from completed_at) * 1000 from run_state where run_id = ?")
                .param(run.value())
                .query(Double.class)
                .single();
    }

    private static List<Double> numbers(Object list) {
        return ((List<?>) list)
                .stream().map(one -> ((Number) one).doubleValue()).toList();
    }

    private static String spread(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return "p50 %.0f ms, p95 %.0f ms, most %.0f ms"
                .formatted(sorted.get(sorted.size() / 2), sorted.get((int) (sorted.size() * 0.95)), sorted.getLast());
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long compressed(Path file) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            Files.copy(file, gzip);
            gzip.finish();
            return bytes.size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
