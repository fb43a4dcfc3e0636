package dev.runyard.sdk.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.sdk.TaskReference;
import dev.runyard.sdk.client.Queues.QueueName;
import dev.runyard.sdk.client.Schedules.NewSchedule;
import dev.runyard.sdk.run.BatchItem;
import dev.runyard.sdk.run.RunStatus;
import dev.runyard.sdk.run.TokenOptions;
import dev.runyard.sdk.run.TriggeredBatch;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the client says to the server about everything but runs, and what it reads. */
class ManagementTest {
    private static final TaskReference<String, String> TASK = TaskReference.to("shout", String.class, String.class);
    private static final String SCHEDULE = """
            {"id":"sched_1","type":"IMPERATIVE","task":"shout","active":true,"timezone":"Europe/Berlin",
             "generator":{"type":"CRON","expression":"0 8 * * *","description":"At 08:00"},
             "externalId":"u1","nextRun":"2026-08-01T06:00:00.000Z"}""";
    private static final String QUEUE = """
            {"id":"queue_1","name":"a/b","type":"custom","running":1,"queued":2,"paused":true,"concurrencyLimit":null}""";

    private FakeApi api;
    private Runyard runyard;

    @BeforeEach
    void open() throws IOException {
        api = new FakeApi();
        runyard = Runyard.connect(ClientConfig.of(api.url(), "tr_prod_key").withMaxAttempts(1));
    }

    @AfterEach
    void close() {
        runyard.close();
        api.close();
    }

    @Test
    void saysWhichRunsABulkActionIsAbout() {
        api.answer(202, "{\"id\":\"bulk_1\"}");
        RunQuery query = RunQuery.all()
                .status(RunStatus.FAILED, RunStatus.CRASHED)
                .tasks("shout")
                .queues(QueueName.shared("mail"), QueueName.of(TASK))
                .machines(MachinePreset.SMALL_1X)
                .from(Instant.parse("2026-08-01T06:00:00Z"))
                .tests(false)
                .batch("batch_1")
                .pageSize(5);

        assertThat(runyard.bulkActions().replay(query, "again")).isEqualTo("bulk_1");

        assertThat(last()).isEqualTo("POST /api/v1/bulk-actions");
        assertThat(api.requests.getLast().body())
                .isEqualTo("{\"action\":\"replay\",\"filter\":{\"status\":[\"FAILED\",\"CRASHED\"],"
                        + "\"taskIdentifier\":[\"shout\"],\"queue\":[{\"name\":\"mail\",\"type\":\"custom\"},"
                        + "{\"name\":\"shout\",\"type\":\"task\"}],\"machine\":[\"small-1x\"],"
                        + "\"from\":\"2026-08-01T06:00:00Z\",\"isTest\":false,\"batch\":\"batch_1\"},"
                        + "\"name\":\"again\"}");
    }

    @Test
    void makesSchedules() {
        api.answer(200, SCHEDULE);

        Schedules.Schedule schedule = runyard.schedules()
                .create(NewSchedule.of(TASK, "0 8 * * *", "u1-daily")
                        .in(ZoneId.of("Europe/Berlin"))
                        .forExternalId("u1"));

        assertThat(schedule.nextRun()).isEqualTo(Instant.parse("2026-08-01T06:00:00Z"));
        assertThat(schedule.declarative()).isFalse();
        assertThat(last()).isEqualTo("POST /api/v1/schedules");
        assertThat(api.requests.getLast().body())
                .isEqualTo("{\"task\":\"shout\",\"cron\":\"0 8 * * *\",\"deduplicationKey\":\"u1-daily\","
                        + "\"timezone\":\"Europe/Berlin\",\"externalId\":\"u1\"}");
    }

    @Test
    void readsAllPagesOfSchedules() {
        api.answer(200, "{\"data\":[" + SCHEDULE + "],\"pagination\":{\"currentPage\":1,\"totalPages\":2}}")
                .answer(200, "{\"data\":[" + SCHEDULE + "],\"pagination\":{\"currentPage\":2,\"totalPages\":2}}");

        assertThat(runyard.schedules().stream().toList()).hasSize(2);
        assertThat(last()).isEqualTo("GET /api/v1/schedules?page=2&perPage=100");
    }

    @Test
    void steersQueuesWhoseNamesHaveSlashes() {
        api.answer(200, QUEUE).answer(200, QUEUE);

        Queues.Queue queue = runyard.queues().pause(QueueName.shared("a/b"));

        assertThat(last()).isEqualTo("POST /api/v1/queues/a%252Fb/pause");
        assertThat(queue.paused()).isTrue();
        assertThat(queue.concurrencyLimit()).isNull();
        runyard.queues().retrieve(QueueName.of(TASK));
        assertThat(last()).isEqualTo("GET /api/v1/queues/shout?type=task");
    }

    @Test
    void changesEnvironmentVariables() {
        api.answer(200, "[{\"name\":\"A\",\"value\":\"1\",\"isSecret\":false}]")
                .answer(200, "{\"success\":true}")
                .answer(200, "{\"success\":true}");
        EnvironmentVariables variables = runyard.environmentVariables("proj_1", "prod");

        assertThat(variables.list()).containsExactly(new EnvironmentVariables.Variable("A", "1", false));
        variables.upload(Map.of("B", "2"), true);
        assertThat(last()).isEqualTo("POST /api/v1/projects/proj_1/envvars/prod/import");
        assertThat(api.requests.getLast().body()).contains("\"variables\":{\"B\":\"2\"}", "\"override\":true");
        variables.delete("A");
        assertThat(last()).isEqualTo("DELETE /api/v1/projects/proj_1/envvars/prod/A");
    }

    @Test
    void sendsBatchesAgainUntilTheServerHasAllItems() {
        api.answer(202, "{\"id\":\"batch_1\",\"runCount\":2,\"isCached\":false}")
                .answer(200, "{\"id\":\"batch_1\",\"sealed\":false,\"enqueuedCount\":1,\"expectedCount\":2}")
                .answer(200, "{\"id\":\"batch_1\",\"sealed\":true}");

        TriggeredBatch batch = runyard.batches().trigger(List.of(BatchItem.of(TASK, "a"), BatchItem.of(TASK, "b")));

        assertThat(batch).isEqualTo(new TriggeredBatch("batch_1", 2, false));
        assertThat(api.requests).hasSize(3);
        assertThat(api.requests.getLast().path()).isEqualTo("/api/v3/batches/batch_1/items");
        assertThat(api.requests.getLast().body())
                .isEqualTo(api.requests.get(1).body())
                .isEqualTo(
                        "{\"index\":0,\"task\":\"shout\",\"payload\":\"\\\"a\\\"\",\"options\":{\"payloadType\":\"application/json\"}}\n"
                                + "{\"index\":1,\"task\":\"shout\",\"payload\":\"\\\"b\\\"\",\"options\":{\"payloadType\":\"application/json\"}}\n");
        assertThatThrownBy(() -> runyard.batches().trigger(List.of())).hasMessageContaining("1 to 1,000 items");
    }

    @Test
    void makesAndCompletesTokens() {
        api.answer(200, "{\"id\":\"waitpoint_1\",\"isCached\":false,\"url\":\"https://x/y\"}")
                .answer(200, "{\"success\":true}");

        assertThat(runyard.waitpoints()
                        .create(TokenOptions.timeout(Duration.ofHours(1)).withTags("a"))
                        .url())
                .isEqualTo("https://x/y");
        assertThat(api.requests.getLast().body()).isEqualTo("{\"timeout\":\"1h\",\"tags\":[\"a\"]}");
        runyard.waitpoints().complete("waitpoint_1", Map.of("ok", true));
        assertThat(last()).isEqualTo("POST /api/v1/waitpoints/tokens/waitpoint_1/complete");
        assertThat(api.requests.getLast().body()).isEqualTo("{\"data\":{\"ok\":true}}");
    }

    private String last() {
        return api.requests.getLast().method() + " " + api.requests.getLast().path();
    }
}
