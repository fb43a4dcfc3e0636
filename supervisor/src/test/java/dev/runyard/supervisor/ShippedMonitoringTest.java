package dev.runyard.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.supervisor.testing.FakeWebapp;
import dev.runyard.supervisor.testing.TestSupervisor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The dashboard and the alerts that come with Runyard speak of metrics that exist.
final class ShippedMonitoringTest {
    private static final Path MONITORING = Path.of("..", "deploy", "monitoring");
    private static final Pattern NAME = Pattern.compile("\\b(runyard_[a-z_]+)");
    private static final Pattern SUFFIX = Pattern.compile("_(total|sum|count|max|bucket)$");
    private static final Set<String> FOREIGN_LAGS =
            Set.of("runyard_outbox_lag", "runyard_timer_lag", "runyard_event_lag", "runyard_clock_skew");

    private static Set<String> known = Set.of();

    @BeforeAll
    static void readWhatIsMeasured(@TempDir Path folder) throws Exception {
        Set<String> names = new HashSet<>(metricsOfTheEngine());
        try (FakeWebapp webapp = new FakeWebapp();
                TestSupervisor supervisor =
                        TestSupervisor.start(webapp, folder.resolve("state"), "workload-manager=process")) {
            names.addAll(namesIn(scrape(supervisor)));
        }
        known = names;
    }

    @Test
    void theDashboardShowsWhatIsMeasured() throws IOException {
        JsonNode dashboard =
                JsonMapper.builder().build().readTree(Files.readString(MONITORING.resolve("grafana-dashboard.json")));

        assertThat(dashboard.path("panels").size()).isGreaterThan(20);
        dashboard
                .path("panels")
                .forEach(panel -> panel.path("targets")
                        .forEach(target -> assertMeasured(target.path("expr").asString())));
    }

    @Test
    void theAlertsWatchWhatIsMeasured() throws IOException {
        Map<String, List<Map<String, List<Map<String, Object>>>>> file =
                new Yaml().load(Files.readString(MONITORING.resolve("alerts.yml")));
        List<Map<String, Object>> rules = Objects.requireNonNull(file.get("groups")).stream()
                .flatMap(group -> Objects.requireNonNull(group.get("rules")).stream())
                .toList();

        assertThat(rules).hasSizeGreaterThan(10).allSatisfy(rule -> {
            assertThat(rule).containsKeys("alert", "expr", "labels", "annotations");
            assertMeasured(String.valueOf(rule.get("expr")));
        });
        assertThat(rules.stream().map(rule -> rule.get("alert"))).doesNotHaveDuplicates();
    }

    private static void assertMeasured(String expression) {
        Set<String> unknown = new TreeSet<>(namesIn(expression));
        unknown.removeAll(known);
        assertThat(unknown).as(expression).isEmpty();
        long opened = expression.chars().filter(sign -> sign == '(').count();
        assertThat(expression.chars().filter(sign -> sign == ')').count())
                .as(expression)
                .isEqualTo(opened);
    }

    private static Set<String> namesIn(String text) {
        Matcher matcher = NAME.matcher(text);
        return matcher.results()
                .map(found -> SUFFIX.matcher(found.group(1)).replaceFirst(""))
                .collect(Collectors.toSet());
    }

    /// The documentation of these is written by a test of theirs.
    private static Set<String> metricsOfTheEngine() throws IOException {
        Set<String> names = new HashSet<>();
        for (String line : Files.readAllLines(Path.of("..", "docs", "operate", "metrics.md"))) {
            if (line.startsWith("| `runyard.")) {
                String[] cells = line.split("\\|");
                String name = cells[1].replace("`", "").strip().replace('.', '_');
                names.add(cells[2].contains("timer") || cells[2].contains("seconds") ? name + "_seconds" : name);
            }
        }
        assertThat(names)
                .containsAll(
                        FOREIGN_LAGS.stream().map(name -> name + "_seconds").toList());
        return names;
    }

    private static String scrape(TestSupervisor supervisor) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(supervisor.url() + "/actuator/prometheus"))
                                .timeout(Duration.ofSeconds(20))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
