package dev.runyard.webapp.api.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.read.RunDetail;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.testing.Http;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

class TriggerTest extends WebappTest {
    @Autowired
    private RunEngine engine;

    @Test
    void answersAsTheClientExpects() {
        Http.Answer answer = api("prod").postText("/api/v1/tasks/send-email/trigger", """
                {"payload":"{\\"json\\":{\\"to\\":\\"a@b.c\\"}}",
                 "options":{"payloadType":"application/super+json","payloadSize":23}}""");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().propertyNames()).containsExactly("id", "isCached");
        assertThat(answer.json().path("id").asString()).startsWith("run_");
        assertThat(answer.json().path("isCached").asBoolean(true)).isFalse();
        assertThat(answer.header("x-trigger-jwt").split("\\.")).hasSize(3);
        assertThat(answer.header("x-trigger-jwt-claims"))
                .isEqualTo("{\"sub\":\"%s\",\"pub\":true,\"scopes\":[\"read:runs:%s\",\"write:inputStreams:%2$s\"]}"
                        .formatted(
                                environmentId("prod"), answer.json().path("id").asString()));
    }

    @Test
    void keepsAllOptions() {
        RunDetail run = trigger("send-email", """
                {"payload":"{\\"json\\":{\\"to\\":\\"a@b.c\\"}}",
                 "context":{"ignored":true},
                 "options":{
                   "queue":{"name":"emails","concurrencyLimit":5},"concurrencyKey":42,"test":true,
                   "payloadType":"application/super+json","payloadSize":89,
                   "delay":"1h","ttl":3660,"tags":["user_42","org_7"," ","user_42"],
                   "maxAttempts":5,"metadata":{"progress":0.10},"maxDuration":300,"machine":"small-2x","priority":10,
                   "region":"main","resumeParentOnCompletion":false,"debounce":null,"unknownOption":1}}""");

        assertThat(run.payload()).isEqualTo("{\"json\":{\"to\":\"a@b.c\"}}");
        assertThat(run.payloadType()).isEqualTo("application/super+json");
        assertThat(run.priorityMs()).isEqualTo(10_000);
        assertThat(run.view().queue()).isEqualTo("emails");
        assertThat(run.view().concurrencyKey()).isEqualTo("42");
        assertThat(run.view().isTest()).isTrue();
        assertThat(run.view().status()).isEqualTo(RunStatus.DELAYED);
        assertThat(run.view().ttl()).isEqualTo(Duration.ofSeconds(3_660));
        assertThat(run.view().tags()).containsExactlyInAnyOrder("org_7", "user_42");
        assertThat(run.view().maxAttempts()).isEqualTo(5);
        assertThat(run.view().metadata()).isEqualTo("{\"progress\":0.10}");
        assertThat(run.view().maxDurationSeconds()).isEqualTo(300);
        assertThat(run.view().machine()).isEqualTo(MachinePreset.SMALL_2X);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"payload":{"a":1.50,"b":[1e400]}}                           | {"a":1.50,"b":[1e400]} | application/json
                    {"payload": [ 1, 2 ] }                                       | [ 1, 2 ]               | application/json
                    {"payload":7}                                                | 7                      | application/json
                    {"payload":"plain words"}                                    | plain words            | text/plain
                    {"payload":"{\\"a\\":1}"}                                    | {"a":1}                | application/json
                    {"payload":"12","options":{"payloadType":"text/plain"}}      | 12                     | text/plain
                    {"payload":"[1]","options":{"payloadType":"application/json"}} | [1]                  | application/json
                    {"options":{"payloadType":"application/json","payloadSize":0}} |                      | application/json
                    {}                                                           |                        | application/json
                    """)
    void storesPayloadsAsTheyCame(String body, String payload, String type) {
        RunDetail run = trigger("payloads", body);

        assertThat(run.payload()).isEqualTo(payload);
        assertThat(run.payloadType()).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({"my%2Ftask,my/task", "a%252Fb,a%2Fb", "with%20space,with space", "%C3%BC%3Ax,ü:x", "a%3Bb,a;b"})
    void takesTaskIdsOfAnyCharacters(String encoded, String taskId) {
        RunDetail run = trigger(encoded, "{}");

        assertThat(run.view().taskId()).isEqualTo(taskId);
        assertThat(api("prod")
                        .get("/api/v3/runs/" + run.view().id())
                        .json()
                        .path("taskIdentifier")
                        .asString())
                .isEqualTo(taskId);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain;charset=UTF-8", "application/json", "application/x-www-form-urlencoded", "nonsense"})
    void readsBodiesOfAnyContentType(String contentType) {
        Http.Answer answer = api("prod")
                .with("content-type", contentType)
                .postText("/api/v1/tasks/t/trigger", "{\"payload\":\"a=1&b=2\"}");

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void startsAtOnceWhereTheDelayIsPast() {
        RunDetail run = trigger("t", "{\"options\":{\"delay\":\"2020-01-01T00:00:00Z\"}}");

        assertThat(run.view().status()).isEqualTo(RunStatus.PENDING);
        assertThat(run.view().delayUntil()).isNull();
    }

    @Test
    void clampsTheMaximumDuration() {
        assertThat(trigger("t", "{\"options\":{\"maxDuration\":1}}").view().maxDurationSeconds())
                .isEqualTo(5);
        assertThat(trigger("t", "{\"options\":{\"maxDuration\":9e99}}").view().maxDurationSeconds())
                .isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void givesARepeatedKeyTheSameRun() {
        String body =
                "{\"options\":{\"idempotencyKey\":\"%s\",\"idempotencyKeyOptions\":{\"key\":\"order-1\",\"scope\":\"global\"}}}"
                        .formatted(UUID.randomUUID());

        Http.Answer first = api("prod").postText("/api/v1/tasks/keyed/trigger", body);
        Http.Answer second = api("prod").postText("/api/v1/tasks/keyed/trigger", body);

        assertThat(second.json().path("id")).isEqualTo(first.json().path("id"));
        assertThat(first.json().path("isCached").asBoolean()).isFalse();
        assertThat(second.json().path("isCached").asBoolean()).isTrue();
        assertThat(api("prod")
                        .get("/api/v3/runs/" + first.json().path("id").asString())
                        .json()
                        .path("idempotencyKey")
                        .asString())
                .isEqualTo("order-1");
    }

    @Test
    void prefersTheKeyOfTheHeader() {
        Http keyed = api("prod").with("idempotency-key", "header-" + UUID.randomUUID());
        Http.Answer first = keyed.postText("/api/v1/tasks/keyed/trigger", "{\"options\":{\"idempotencyKey\":\"one\"}}");
        Http.Answer second =
                keyed.postText("/api/v1/tasks/keyed/trigger", "{\"options\":{\"idempotencyKey\":\"two\"}}");

        assertThat(second.json().path("id")).isEqualTo(first.json().path("id"));
    }

    @Test
    void keepsKeysOfTasksAndEnvironmentsApart() {
        String body = "{\"options\":{\"idempotencyKey\":\"%s\"}}".formatted(UUID.randomUUID());

        Set<String> runs = Set.of(
                api("prod")
                        .postText("/api/v1/tasks/one/trigger", body)
                        .json()
                        .path("id")
                        .asString(),
                api("prod")
                        .postText("/api/v1/tasks/two/trigger", body)
                        .json()
                        .path("id")
                        .asString(),
                api("stg")
                        .postText("/api/v1/tasks/one/trigger", body)
                        .json()
                        .path("id")
                        .asString());

        assertThat(runs).hasSize(3);
    }

    @Test
    void makesOneRunOfConcurrentDuplicates() throws Exception {
        String body = "{\"options\":{\"idempotencyKey\":\"%s\"}}".formatted(UUID.randomUUID());
        Callable<Http.Answer> call = () -> api("prod").postText("/api/v1/tasks/race/trigger", body);

        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Http.Answer>> answers =
                    IntStream.range(0, 32).mapToObj(_ -> callers.submit(call)).toList();
            Set<String> ids = answers.stream()
                    .map(TriggerTest::join)
                    .map(answer -> answer.json().path("id").asString())
                    .collect(Collectors.toSet());
            long created = answers.stream()
                    .map(TriggerTest::join)
                    .filter(answer -> !answer.json().path("isCached").asBoolean())
                    .count();

            assertThat(ids).hasSize(1);
            assertThat(created).isEqualTo(1);
        }
    }

    @Test
    void recognizesTheTriesOfOneCall() {
        Http retrying = api("prod")
                .with("x-trigger-request-idempotency-key", UUID.randomUUID().toString());

        Http.Answer first = retrying.postText("/api/v1/tasks/t/trigger", "{}");
        Http.Answer second = retrying.postText("/api/v1/tasks/t/trigger", "{}");
        Http.Answer other = retrying.postText("/api/v1/tasks/u/trigger", "{}");

        assertThat(second.json().path("id")).isEqualTo(first.json().path("id"));
        assertThat(other.json().path("id")).isNotEqualTo(first.json().path("id"));
    }

    @Test
    void tellsTheFamilyOfARun() {
        RunDetail parent = trigger("parent", "{}");
        RunDetail child = trigger(
                "child",
                "{\"options\":{\"parentRunId\":\"%s\"}}".formatted(parent.view().id()));

        Http.Answer answer = api("prod").get("/api/v3/runs/" + child.view().id());
        assertThat(answer.json().path("depth").asInt()).isEqualTo(1);
        assertThat(answer.json().at("/relatedRuns/parent/id").asString())
                .isEqualTo(parent.view().id().toString());
        assertThat(answer.json().at("/relatedRuns/root/id").asString())
                .isEqualTo(parent.view().id().toString());
        assertThat(api("prod")
                        .get("/api/v3/runs/" + parent.view().id())
                        .json()
                        .at("/relatedRuns/children/0/id")
                        .asString())
                .isEqualTo(child.view().id().toString());
    }

    private RunDetail trigger(String encodedTaskId, String body) {
        Http.Answer answer = api("prod").postText("/api/v1/tasks/" + encodedTaskId + "/trigger", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        RunId id = RunId.parse(answer.json().path("id").asString());
        return engine.queries().detail(environmentId("prod"), id).orElseThrow();
    }

    private static Http.Answer join(Future<Http.Answer> answer) {
        try {
            return answer.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
