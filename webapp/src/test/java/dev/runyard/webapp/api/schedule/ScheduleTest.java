package dev.runyard.webapp.api.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.protocol.id.DeploymentId;
import dev.runyard.protocol.manifest.TaskResource;
import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.testing.Deployments;
import dev.runyard.webapp.testing.Http;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ScheduleTest extends WebappTest {
    private static final String SCHEDULES = "/api/v1/schedules";

    private final String task = "nightly-" + UUID.randomUUID();
    private final String plain = "plain-" + UUID.randomUUID();

    @BeforeEach
    void deploy() {
        Deployments.deploy(
                api("stg"),
                new TaskResource(task, null, "src/Tasks.java", null, null, null, null, null, null, null, "schedule"),
                Deployments.task(plain));
    }

    @Test
    void makesAScheduleAsTheClientExpects() {
        String key = "key-" + UUID.randomUUID();
        Map<String, Object> body = Map.of(
                "task",
                task,
                "cron",
                "0 9 * * *",
                "timezone",
                "Europe/London",
                "deduplicationKey",
                key,
                "externalId",
                "x");

        JsonNode made = api("stg").post(SCHEDULES, body).json();

        assertThat(made.path("id").asString()).startsWith("sched_");
        assertThat(made.path("type").asString()).isEqualTo("IMPERATIVE");
        assertThat(made.path("active").asBoolean()).isTrue();
        assertThat(made.path("deduplicationKey").asString()).isEqualTo(key);
        assertThat(made.path("generator").toString())
                .isEqualTo("{\"type\":\"CRON\",\"expression\":\"0 9 * * *\",\"description\":\"At 09:00\"}");
        assertThat(made.at("/environments/0/type").asString()).isEqualTo("STAGING");
        assertThat(made.path("nextRun").asString()).endsWith("Z");
        assertThat(api("stg").post(SCHEDULES, body).json().path("id")).isEqualTo(made.path("id"));
        assertThat(api("stg").get(SCHEDULES + "/" + key).json().path("id")).isEqualTo(made.path("id"));
    }

    @Test
    void keepsTheSchedulesThatTheCurrentVersionDeclares() {
        String declared = "declared-" + UUID.randomUUID();
        Deployments.deploy(
                api("stg"),
                scheduled(declared, "0 6 * * 1", List.of("STAGING")),
                scheduled("elsewhere", "0 7 * * *", List.of("PRODUCTION")));

        JsonNode schedules = api("stg").get(SCHEDULES).json().path("data");

        assertThat(declarations(schedules)).containsExactly(declared + " 0 6 * * 1 Europe/Berlin");

        Deployments.deploy(api("stg"), scheduled(declared, "30 6 * * *", List.of()));

        assertThat(declarations(api("stg").get(SCHEDULES).json().path("data")))
                .containsExactly(declared + " 30 6 * * * Europe/Berlin");

        Deployments.deploy(api("stg"), Deployments.task(declared));

        assertThat(declarations(api("stg").get(SCHEDULES).json().path("data"))).isEmpty();
    }

    @Test
    void refusesAVersionWithAScheduleThatCannotBe() {
        Http api = api("stg");
        DeploymentId id = Deployments.initialize(api);
        api.post(
                Deployments.path(id) + "/background-workers",
                Deployments.registration(scheduled("broken", "61 * * * *", List.of())));

        Http.Answer answer = api.post(Deployments.path(id) + "/finalize", Map.of("imageReference", "example/tasks:1"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("Task broken: ");
    }

    private static TaskResource scheduled(String id, String cron, List<String> environments) {
        return new TaskResource(
                id,
                null,
                "src/Tasks.java",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                "schedule",
                new TaskResource.Schedule(cron, "Europe/Berlin", environments.isEmpty() ? null : environments),
                null);
    }

    private static List<String> declarations(JsonNode schedules) {
        return schedules
                .valueStream()
                .filter(schedule -> schedule.path("type").asString().equals("DECLARATIVE"))
                .map(schedule -> schedule.path("task").asString() + " "
                        + schedule.at("/generator/expression").asString() + " "
                        + schedule.path("timezone").asString())
                .toList();
    }

    @Test
    void changesSwitchesAndDeletesASchedule() {
        Http api = api("stg");
        String id = api.post(SCHEDULES, Map.of("task", task, "cron", "0 9 * * *"))
                .json()
                .path("id")
                .asString();

        JsonNode changed = api.put(SCHEDULES + "/" + id, Map.of("task", task, "cron", "*/5 * * * *", "window", "20%"))
                .json();
        assertThat(changed.at("/generator/description").asString()).isEqualTo("Every 5 minutes");
        assertThat(changed.path("window").asString()).isEqualTo("20%");
        JsonNode off = api.post(SCHEDULES + "/" + id + "/deactivate", null).json();
        assertThat(off.path("active").asBoolean(true)).isFalse();
        assertThat(off.has("nextRun")).isFalse();
        assertThat(api.post(SCHEDULES + "/" + id + "/activate", null).json().has("nextRun"))
                .isTrue();
        assertThat(api.get(SCHEDULES + "?perPage=1&page=1")
                        .json()
                        .at("/pagination/currentPage")
                        .asInt())
                .isEqualTo(1);
        assertThat(api("prod").get(SCHEDULES + "/" + id).status()).isEqualTo(404);
        assertThat(api.delete(SCHEDULES + "/" + id).text()).isEqualTo("{\"id\":\"" + id + "\"}");
        assertThat(api.get(SCHEDULES + "/" + id).status()).isEqualTo(404);
        assertThat(api.put(SCHEDULES + "/" + id, Map.of("task", task, "cron", "0 9 * * *"))
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"cron":"0 9 * * *"}                                   | 400 | Validation error: task is missing
            {"task":"T"}                                           | 400 | Validation error: cron is missing
            {"task":"T","cron":"0 0 9 * * *"}                      | 422 | Invalid cron expression
            {"task":"T","cron":"soon"}                             | 422 | Invalid cron expression
            {"task":"T","cron":"0 9 * * *","timezone":"Mars/Base"} | 422 | Invalid IANA timezone: 'Mars/Base'
            {"task":"T","cron":"0 9 * * *","window":"25h"}         | 422 | Invalid window
            {"task":"P","cron":"0 9 * * *"}                        | 422 | Task with identifier
            {"task":"unknown","cron":"0 9 * * *"}                  | 422 | Task with identifier unknown not found in project.
            """)
    void refusesWrongSchedules(String body, int status, String expected) {
        Http.Answer answer = api("stg")
                .postText(SCHEDULES, body.replace("\"T\"", "\"" + task + "\"").replace("\"P\"", "\"" + plain + "\""));

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().path("error").asString()).startsWith(expected);
    }

    @Test
    void tellsTimeZonesToAnybody() {
        JsonNode all = anonymous().get("/api/v1/timezones").json().path("timezones");

        assertThat(all.get(0).asString()).isEqualTo("UTC");
        assertThat(all.valueStream().map(JsonNode::asString)).contains("Europe/Paris");
        assertThat(anonymous().get("/api/v1/timezones?excludeUtc=true").text()).doesNotContain("\"UTC\"");
    }
}
