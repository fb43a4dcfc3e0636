package dev.runyard.sdk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.sdk.AbortTaskRunException;
import dev.runyard.sdk.Cron;
import dev.runyard.sdk.OnError;
import dev.runyard.sdk.Retry;
import dev.runyard.sdk.ScheduledRun;
import dev.runyard.sdk.Task;
import dev.runyard.sdk.schema.PayloadSchema;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskFeaturesTest {
    private static final Instant NINE = Instant.parse("2026-08-01T09:00:00Z");

    private final List<String> calls = new ArrayList<>();

    @Test
    void runsEveryHookInItsPlace() {
        Task<String, String> task = Task.define("hooked")
                .input(String.class)
                .output(String.class)
                .middleware((text, context, next) -> {
                    calls.add("before");
                    next.run();
                    calls.add("after");
                })
                .init((text, context) -> calls.add("init"))
                .onStart((text, context) -> calls.add("start"))
                .onStartAttempt((text, context) -> calls.add("attempt"))
                .onWait((text, context) -> calls.add("wait"))
                .onResume((text, context) -> calls.add("resume"))
                .onSuccess((text, output, context) -> calls.add("success"))
                .onComplete((text, context) -> calls.add("complete"))
                .cleanup((text, context) -> calls.add("cleanup"))
                .run((text, context) -> {
                    context.waitFor(Duration.ofHours(1));
                    return text;
                });

        assertThat(InlineRunner.create().run(task, "x").output()).isEqualTo("x");
        assertThat(calls)
                .containsExactly(
                        "before",
                        "init",
                        "start",
                        "attempt",
                        "wait",
                        "resume",
                        "after",
                        "success",
                        "complete",
                        "cleanup");
    }

    @Test
    void failsWhereAMiddlewareForgetsTheBody() {
        Task<String, String> task = Task.define("forgetful")
                .input(String.class)
                .output(String.class)
                .retry(Retry.none())
                .middleware((text, context, next) -> {})
                .run((text, context) -> text);

        assertThat(InlineRunner.create().run(task, "x").error())
                .isInstanceOfSatisfying(
                        TaskRunError.BuiltIn.class,
                        error -> assertThat(error.message()).contains("without calling next"));
    }

    @Test
    void letsTheTaskDecideWhatFollowsAnError() {
        assertThat(failing(OnError.retryIn(Duration.ofMinutes(9))).retryDelays())
                .containsExactly(Duration.ofMinutes(9), Duration.ofMinutes(9));
        assertThat(failing(OnError.retryAt(NINE)).retryDelays()).containsExactly(Duration.ZERO, Duration.ZERO);
        assertThat(failing(OnError.asUsual()).retryDelays())
                .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1));
        assertThat(failing(OnError.giveUp()).attempts()).isEqualTo(1);
    }

    @Test
    void endsTheRunWhereTheDecisionAbortsOrFails() {
        assertThat(run(new AbortTaskRunException("hopeless")).error())
                .isInstanceOfSatisfying(
                        TaskRunError.BuiltIn.class,
                        error -> assertThat(error.message()).isEqualTo("hopeless"));
        InlineRun<?> broken = run(new IllegalStateException("hook"));
        assertThat(broken.attempts()).isEqualTo(1);
        assertThat(broken.error())
                .isInstanceOfSatisfying(
                        TaskRunError.Internal.class,
                        error -> assertThat(error.code()).isEqualTo(InternalErrorCode.HANDLE_ERROR_ERROR));
    }

    @Test
    void refusesAPayloadThatBreaksTheSchemaWithoutARetry() {
        Task<String, String> task = Task.define("short")
                .input(String.class)
                .output(String.class)
                .schema(PayloadSchema.of("{\"type\": \"string\", \"maxLength\": 3}"))
                .run((text, context) -> text);

        assertThat(InlineRunner.create().run(task, "abc").output()).isEqualTo("abc");
        InlineRun<String> run = InlineRunner.create().run(task, "abcd");
        assertThat(run.attempts()).isEqualTo(1);
        assertThat(run.error()).isInstanceOfSatisfying(TaskRunError.Internal.class, error -> {
            assertThat(error.code()).isEqualTo(InternalErrorCode.TASK_INPUT_ERROR);
            assertThat(error.message()).contains("the payload must have at most 3 characters, has 4");
        });
    }

    @Test
    void readsThePayloadOfASchedule() {
        Task<ScheduledRun, String> task = Task.scheduled("tick")
                .cron(Cron.of("0 5 * * *").in("Asia/Tokyo"))
                .output(String.class)
                .run((tick, context) -> tick.timestamp() + " " + tick.timezone() + " "
                        + tick.upcoming().size());

        assertThat(InlineRunner.create().run(task, ScheduledRun.at(NINE)).output())
                .isEqualTo("2026-08-01T09:00:00Z UTC 0");
        assertThat(InlineRunner.create()
                        .runJson(
                                task,
                                "{\"timestamp\":\"2026-08-01T09:00:00.000Z\",\"timezone\":\"Asia/Tokyo\",\"scheduleId\":\"sched_1\","
                                        + "\"type\":\"DECLARATIVE\",\"upcoming\":[\"2026-08-02T09:00:00.000Z\"]}")
                        .output())
                .isEqualTo("2026-08-01T09:00:00Z Asia/Tokyo 1");
    }

    @Test
    void refusesSchedulesThatTheServerWouldRefuse() {
        assertThatThrownBy(() -> Cron.of("0 0 9 * * *")).hasMessageContaining("five fields");
        assertThatThrownBy(() -> Cron.of("0 9 * * *").in("Mars/Base")).hasMessageContaining("Mars/Base");
        assertThatThrownBy(() -> Cron.of("0 9 * * *").only("PROD"))
                .hasMessageContaining("there is no environment PROD");
        assertThatThrownBy(() -> Task.define("plain").cron("0 9 * * *")).hasMessageContaining("Task.scheduled(id)");
    }

    private InlineRun<?> failing(OnError decision) {
        Task<String, String> task = Task.define("failing")
                .input(String.class)
                .output(String.class)
                .retry(Retry.fixed(3, Duration.ofSeconds(1)))
                .catchError((text, error, context) -> decision)
                .run((text, context) -> {
                    throw new IllegalStateException(text);
                });
        return InlineRunner.create().run(task, "x");
    }

    private InlineRun<?> run(RuntimeException thrownByTheHook) {
        Task<String, String> task = Task.define("deciding")
                .input(String.class)
                .output(String.class)
                .catchError((text, error, context) -> {
                    throw thrownByTheHook;
                })
                .run((text, context) -> {
                    throw new IllegalStateException(text);
                });
        return InlineRunner.create().run(task, "x");
    }
}
