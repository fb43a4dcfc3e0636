package dev.runyard.webapp.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.observe.EngineMetrics;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.testing.Attempts;
import dev.runyard.webapp.testing.Deployments;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The dashboard and the alerts that come with Runyard ask for what a webapp really reports. A test of the supervisor
/// does the same for the supervisor's part.
class ShippedMonitoringTest extends WebappTest {
    private static final Path MONITORING = Path.of("..", "deploy", "monitoring");
    private static final String SUPERVISOR = "runyard_supervisor_";
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]\\w*)=\"");

    /// What Prometheus adds itself.
    private static final Set<String> OF_PROMETHEUS = Set.of("up", "job", "instance");

    @Autowired
    private MeterRegistry meters;

    private final String task = "monitored-" + UUID.randomUUID();

    @Test
    void asksForNamesAndLabelsThatAWebappReports() throws IOException {
        List<PromExpression> expressions = expressions();
        Set<String> wanted = new TreeSet<>();
        expressions.forEach(expression -> wanted.addAll(expression.samples()));
        assertThat(wanted).hasSizeGreaterThan(30).contains("runyard_queue_queued", "jvm_gc_pause_seconds_sum");

        makeEverythingHappen();

        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            Map<String, Set<String>> reported = scrape();
            assertThat(expressions).allSatisfy(expression -> assertReported(expression, reported));
        });
    }

    /// Otherwise somebody looks at an empty panel and does not know why.
    @Test
    void saysThatQueuesAreMeasuredOnlyWhereThatIsSet() throws IOException {
        List<JsonNode> ofQueues = panels().stream()
                .filter(panel -> panel.path("targets").toString().contains("runyard_queue_queued")
                        || panel.path("targets").toString().contains("runyard_queue_running"))
                .toList();

        assertThat(ofQueues)
                .hasSize(2)
                .allSatisfy(panel -> assertThat(panel.path("description").asString())
                        .contains("runyard.engine.queues.measured-queues"));
    }

    @Test
    void readsExpressions() {
        PromExpression expression = new PromExpression(
                "sum by (job, kind) (rate(a_total{kind=~\"x|and b\"}[5m])) / max(b_seconds{q!=\"\"}) unless (c == 1) > 0.5");

        assertThat(expression.samples()).containsExactlyInAnyOrder("a_total", "b_seconds", "c");
        assertThat(expression.labels()).containsExactlyInAnyOrder("job", "kind", "q");
    }

    private static void assertReported(PromExpression expression, Map<String, Set<String>> reported) {
        Set<String> labels = new HashSet<>(OF_PROMETHEUS);
        boolean isOfSupervisor = false;
        for (String name : expression.samples()) {
            isOfSupervisor |= name.startsWith(SUPERVISOR);
            if (!name.startsWith(SUPERVISOR) && !OF_PROMETHEUS.contains(name)) {
                assertThat(reported).as(expression.text()).containsKey(name);
                labels.addAll(Objects.requireNonNull(reported.get(name)));
            }
        }
        if (!isOfSupervisor) {
            assertThat(expression.labels()).as(expression.text()).isSubsetOf(labels);
        }
    }

    /// A counter or timer is not reported before the first thing that it counts.
    private void makeEverythingHappen() {
        Deployments.deploy(api("stg"), Deployments.task(task));
        Attempts attempts = new Attempts(supervisor("monitored"));
        RunId run = trigger();
        SnapshotId snapshot = attempts.start(run);
        Completion completion = Completion.success(run.toString(), "1", "application/json", 5);
        attempts.complete(run, snapshot, completion);
        supervisor("monitored")
                .post(
                        "/engine/v1/worker-actions/runs/%s/snapshots/%s/attempts/start".formatted(run, snapshot),
                        Map.of());
        // Waits, so that there is a queue to measure.
        trigger();
        // A tick would come with the next full minute only; this counts one as the engine does.
        EngineMetrics engine = new EngineMetrics(meters);
        engine.tick("TRIGGERED");
        engine.tickLateness(Duration.ofMillis(1));
        System.gc();
    }

    private RunId trigger() {
        return RunId.parse(api("stg")
                .postText("/api/v1/tasks/" + task + "/trigger", "{}")
                .json()
                .path("id")
                .asString());
    }

    /// Returns the labels of each sample by its name.
    private Map<String, Set<String>> scrape() {
        Map<String, Set<String>> samples = new HashMap<>();
        anonymous()
                .get("/actuator/prometheus")
                .text()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> {
                    Set<String> labels = samples.computeIfAbsent(line.replaceFirst("[{ ].*", ""), _ -> new HashSet<>());
                    LABEL.matcher(line).results().forEach(found -> labels.add(found.group(1)));
                });
        return samples;
    }

    private static List<PromExpression> expressions() throws IOException {
        Map<String, List<Map<String, List<Map<String, Object>>>>> alerts =
                new Yaml().load(Files.readString(MONITORING.resolve("alerts.yml")));
        List<PromExpression> all = new ArrayList<>();
        Objects.requireNonNull(alerts.get("groups")).stream()
                .flatMap(group -> Objects.requireNonNull(group.get("rules")).stream())
                .forEach(rule -> all.add(new PromExpression(String.valueOf(rule.get("expr")))));
        panels().forEach(panel -> panel.path("targets")
                .forEach(
                        target -> all.add(new PromExpression(target.path("expr").asString()))));
        return all;
    }

    private static List<JsonNode> panels() throws IOException {
        JsonNode dashboard =
                JsonMapper.shared().readTree(Files.readString(MONITORING.resolve("grafana-dashboard.json")));
        return StreamSupport.stream(dashboard.path("panels").spliterator(), false)
                .toList();
    }
}
