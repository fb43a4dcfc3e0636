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

/// The dashboard and the alerts that come with Runyard ask for what a supervisor really reports. A test of the webapp
/// does
/// the same for the webapp's part.
final class ShippedMonitoringTest {
    private static final Path MONITORING = Path.of("..", "deploy", "monitoring");
    private static final Pattern NAME = Pattern.compile("\\b(runyard_supervisor_[a-z_]+)");
    private static final Pattern SUFFIX = Pattern.compile("_(total|sum|count|max|bucket)$");
    private static Set<String> known = Set.of();

    @BeforeAll
    static void readWhatIsMeasured(@TempDir Path folder) throws Exception {
        try (FakeWebapp webapp = new FakeWebapp();
                TestSupervisor supervisor =
                        TestSupervisor.start(webapp, folder.resolve("state"), "workload-manager=process")) {
            known = namesIn(scrape(supervisor));
        }
    }

    @Test
    void theDashboardShowsWhatASupervisorMeasures() throws IOException {
        JsonNode dashboard =
                JsonMapper.builder().build().readTree(Files.readString(MONITORING.resolve("grafana-dashboard.json")));

        assertThat(dashboard.path("panels").size()).isGreaterThan(20);
        dashboard
                .path("panels")
                .forEach(panel -> panel.path("targets")
                        .forEach(target -> assertMeasured(target.path("expr").asString())));
    }

    @Test
    void theAlertsWatchWhatASupervisorMeasures() throws IOException {
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
