package dev.runyard.webapp.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.testing.Deployments;
import dev.runyard.webapp.testing.Http;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/// The figures of the public API in docs/internals/figures.md: lists of a million runs by each filter, one
/// call after the other; then the main routes, each under load.
class ApiBench extends WebappTest {
    private static final Logger LOG = LoggerFactory.getLogger(ApiBench.class);
    private static final int RUNS = Integer.getInteger("bench.runs", 1_000_000);
    private static final int CALLS = Integer.getInteger("bench.calls", 300);
    private static final int CLIENTS = Integer.getInteger("bench.clients", 8);

    @Autowired
    private DataSource database;

    @Test
    void listsAMillionRuns() throws Exception {
        seed();
        Map<String, String> filters = new LinkedHashMap<>();
        filters.put("no filter", "");
        filters.put("status, most runs", "filter[status]=COMPLETED");
        filters.put("status, some runs", "filter[status]=FAILED");
        filters.put("status, few runs", "filter[status]=CRASHED");
        filters.put("status, no run", "filter[status]=EXECUTING");
        filters.put("several statuses", "filter[status]=QUEUED,EXECUTING,DELAYED,CRASHED");
        filters.put("task, many runs", "filter[taskIdentifier]=bench-task-0");
        filters.put("task, few runs", "filter[taskIdentifier]=bench-task-199");
        filters.put("task, no run", "filter[taskIdentifier]=bench-none");
        filters.put("task and status", "filter[taskIdentifier]=bench-task-150&filter[status]=FAILED");
        filters.put("tag", "filter[tag]=tenant-77");
        filters.put("tag, no run", "filter[tag]=tenant-none");
        filters.put("tests", "filter[isTest]=true");
        filters.put("last hour", "filter[createdAt][period]=1h");
        filters.put("an old hour", "filter[createdAt][from]=%d&filter[createdAt][to]=%d".formatted(ago(73), ago(72)));
        filters.put("queue, many runs", "filter[queue]=task/bench-task-0");
        filters.put("queue, few runs", "filter[queue]=task/bench-task-199");
        filters.put("machine, no run", "filter[machine]=large-2x");
        List<String> rows = new ArrayList<>();
        for (Map.Entry<String, String> filter : filters.entrySet()) {
            String path = "/api/v1/runs?page[size]=25&" + filter.getValue();
            String encoded = path.replace("[", "%5B").replace("]", "%5D");
            list(encoded);
            rows.add(Measurement.of(1, CALLS, _ -> list(encoded)).row(filter.getKey()));
        }
        LOG.info("{}", Measurement.table("list of runs", rows.stream()));
    }

    private void list(String path) {
        Http.Answer answer = api("prod").get(path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private static long ago(int hours) {
        return System.currentTimeMillis() - hours * 3_600_000L;
    }

    /// A temporary table lives as long as its connection.
    private void seed() throws Exception {
        try (Connection connection = database.getConnection()) {
            SingleConnectionDataSource single = new SingleConnectionDataSource(connection, true);
            SeedRuns.seed(JdbcClient.create(single), environmentId("prod"), RUNS);
        }
    }

    @Test
    void answersUnderLoad() throws Exception {
        seed();
        Deployments.deploy(api("prod"), Deployments.task("bench-task-0"));
        String run = trigger();
        Map<String, Measurement.Call> calls = new LinkedHashMap<>();
        calls.put("POST tasks/{task}/trigger", _ -> trigger());
        calls.put("POST tasks/{task}/trigger with a key", number -> key("key-" + number));
        calls.put("POST tasks/batch, 10 runs", _ -> batch());
        calls.put("GET runs/{run}", _ -> get("/api/v3/runs/" + run));
        calls.put("GET runs", _ -> get("/api/v1/runs"));
        calls.put("GET runs/{run}/trace", _ -> get("/api/v1/runs/" + run + "/trace"));
        calls.put("PUT runs/{run}/metadata", number -> metadata(trigger(), number));
        calls.put("POST runs/{run}/cancel after a trigger", _ -> post("/api/v2/runs/" + trigger() + "/cancel", null));
        calls.put("POST runs/{run}/replay", _ -> post("/api/v1/runs/" + run + "/replay", null));
        calls.put("POST waitpoints/tokens", _ -> post("/api/v1/waitpoints/tokens", Map.of("timeout", "1h")));
        calls.put("GET queues", _ -> get("/api/v1/queues"));
        calls.put("GET schedules", _ -> get("/api/v1/schedules"));
        calls.put("GET deployments", _ -> get("/api/v1/deployments"));
        calls.put("POST auth/jwt", _ -> post("/api/v1/auth/jwt", Map.of()));
        calls.put("GET whoami", _ -> get("/api/v1/whoami"));
        List<String> rows = new ArrayList<>();
        for (Map.Entry<String, Measurement.Call> call : calls.entrySet()) {
            Measurement.of(CLIENTS, CALLS / 4, call.getValue());
            rows.add(Measurement.of(CLIENTS, CALLS, call.getValue()).row(call.getKey()));
        }
        LOG.info("{} clients{}", CLIENTS, Measurement.table("route", rows.stream()));
    }

    private String trigger() {
        return post("/api/v1/tasks/bench-task-0/trigger", Map.of("payload", Map.of("n", 1)))
                .json()
                .path("id")
                .asString();
    }

    private void key(String key) {
        Map<String, Object> options = Map.of("idempotencyKey", UUID.randomUUID() + key);
        post("/api/v1/tasks/bench-task-0/trigger", Map.of("payload", "x", "options", options));
    }

    private void batch() {
        Map<String, Object> item = Map.of("task", "bench-task-0", "payload", Map.of("n", 1));
        post("/api/v1/tasks/batch", Map.of("items", Collections.nCopies(10, item)));
    }

    private void metadata(String run, long number) {
        expectSuccess(api("prod").put("/api/v1/runs/" + run + "/metadata", Map.of("metadata", Map.of("n", number))));
    }

    private void get(String path) {
        expectSuccess(api("prod").get(path));
    }

    private Http.Answer post(String path, @Nullable Object body) {
        return expectSuccess(api("prod").post(path, body));
    }

    private static Http.Answer expectSuccess(Http.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isLessThan(300);
        return answer;
    }
}
