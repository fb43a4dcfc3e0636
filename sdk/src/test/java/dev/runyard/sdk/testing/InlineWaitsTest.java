package dev.runyard.sdk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runyard.protocol.trigger.TriggerRequest;
import dev.runyard.sdk.Retry;
import dev.runyard.sdk.Task;
import dev.runyard.sdk.TaskReference;
import dev.runyard.sdk.run.BatchItem;
import dev.runyard.sdk.run.IdempotencyScope;
import dev.runyard.sdk.run.RunResult;
import dev.runyard.sdk.run.TokenOptions;
import dev.runyard.sdk.run.TriggerOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a task does inside of a run, seen by a unit test without a server. */
class InlineWaitsTest {
    static final Task<Integer, Integer> TWICE = Task.define("inline-twice")
            .input(Integer.class)
            .output(Integer.class)
            .run((number, context) -> 2 * number);

    private static final TaskReference<Integer, String> REMOTE =
            TaskReference.to("inline-remote", Integer.class, String.class);

    private final InlineRunner runner = InlineRunner.create();

    @Test
    void runsTheTaskThatATaskWaitsFor() {
        Task<?, Integer> parent = Task.define("parent")
                .output(Integer.class)
                .run((nothing, context) -> context.triggerAndWait(TWICE, 21).outputOrThrow());

        InlineRun<Integer> run = run(runner.withTasks(TWICE), parent);

        assertThat(run.output()).isEqualTo(42);
        assertThat(run.triggersOf("inline-twice")).hasSize(1);
        assertThat(run.triggers().getFirst().payload(Integer.class)).contains(21);
        assertThat(run.triggers().getFirst().waited()).isTrue();
    }

    @Test
    void answersForTasksOfOtherProjects() {
        Task<?, String> parent = Task.define("parent").output(String.class).run((nothing, context) -> {
            List<RunResult<String>> results = context.batchTriggerAndWait(REMOTE, List.of(1, 2, 3));
            return String.join(
                    ",", results.stream().map(RunResult::outputOrThrow).toList());
        });

        assertThat(run(runner.answering(REMOTE, number -> "n" + number), parent).output())
                .isEqualTo("n1,n2,n3");
    }

    @Test
    void showsTheFailureOfAChild() {
        Task<?, String> parent = Task.define("parent").output(String.class).run((nothing, context) -> {
            RunResult<String> result = context.triggerAndWait(REMOTE, 1);
            return result instanceof RunResult.Failed<String> failed
                    ? failed.error().name() + ": " + failed.error().message()
                    : "unexpected";
        });
        InlineRunner failing = runner.answering(REMOTE, number -> {
            throw new IOException("no route");
        });

        assertThat(run(failing, parent).output()).isEqualTo("java.io.IOException: no route");
    }

    @Test
    void skipsWaitsAndMovesTheClock() {
        Task<?, ?> sleeper = Task.define("sleeper").runWithoutOutput((nothing, context) -> {
            context.waitFor(Duration.ofSeconds(2));
            context.waitFor(Duration.ofDays(30));
        });

        assertThat(run(runner, sleeper).waits()).containsExactly(Duration.ofSeconds(2), Duration.ofDays(30));
    }

    @Test
    void completesTokensOrLetsThemTimeOut() {
        Task<?, String> asks = Task.define("asks").output(String.class).run((nothing, context) -> {
            String token = context.createToken(TokenOptions.timeout(Duration.ofHours(1)))
                    .id();
            return context.waitForToken(token, String.class).toString();
        });

        assertThat(run(runner, asks).output()).startsWith("TimedOut");
        assertThat(run(runner, asks).waits()).containsExactly(Duration.ofHours(1));
        assertThat(run(runner.completingTokens(token -> "yes"), asks).output()).isEqualTo("Completed[output=yes]");
    }

    @Test
    void keepsMetadataAcrossAttempts() {
        Task<?, ?> task = Task.define("counts")
                .retry(Retry.fixed(2, Duration.ofSeconds(1)))
                .runWithoutOutput((nothing, context) -> {
                    context.metadata()
                            .increment("attempts", 1)
                            .append("log", "attempt " + context.attempt().number())
                            .set("gone", true)
                            .delete("gone");
                    context.metadata().parent().set("childStatus", "processing");
                    context.metadata().root().increment("childrenCompleted", 1);
                    if (context.attempt().number() == 1) {
                        throw new IllegalStateException("again");
                    }
                });

        InlineRun<?> run = run(runner, task);

        assertThat(run.metadata()).isEqualTo(Map.of("attempts", 2L, "log", List.of("attempt 1", "attempt 2")));
        assertThat(run.parentMetadata()).contains(new InlineRun.MetadataChange("set", "childStatus", "processing"));
        assertThat(run.rootMetadata()).hasSize(2);
    }

    @Test
    void scopesIdempotencyKeys() {
        List<String> keys = new ArrayList<>();
        Task<?, ?> task = Task.define("keys")
                .retry(Retry.fixed(2, Duration.ofSeconds(1)))
                .runWithoutOutput((nothing, context) -> {
                    for (IdempotencyScope scope : IdempotencyScope.values()) {
                        keys.add(context.idempotencyKey(scope, "order", "1").hash());
                    }
                    context.trigger(
                            REMOTE, 1, TriggerOptions.none().idempotencyKey(context.idempotencyKey("order", "1")));
                    if (context.attempt().number() == 1) {
                        throw new IllegalStateException("again");
                    }
                });

        InlineRun<?> run = run(runner, task);

        assertThat(keys).hasSize(6);
        assertThat(keys.get(0)).isEqualTo(keys.get(3)).hasSize(64).isNotEqualTo(keys.get(2));
        assertThat(keys.get(1)).isNotEqualTo(keys.get(4));
        assertThat(keys.get(2)).isEqualTo(keys.get(5));
        assertThat(run.triggers().getFirst().idempotencyKey()).contains(keys.getFirst());
        assertThat(run.triggers().getFirst().options())
                .extracting("idempotencyKeyOptions")
                .isEqualTo(new TriggerRequest.KeyOptions("order-1", "run"));
    }

    @Test
    void runsAChildOnceForAKeyUnlessItFailed() {
        int[] runs = {0};
        Task<?, String> parent = Task.define("once").output(String.class).run((nothing, context) -> {
            TriggerOptions keyed = TriggerOptions.none().idempotencyKey(context.idempotencyKey("order", "1"));
            boolean failed = context.triggerAndWait(REMOTE, 1, keyed) instanceof RunResult.Failed;
            String second = context.triggerAndWait(REMOTE, 1, keyed).outputOrThrow();
            String third = context.triggerAndWait(REMOTE, 1, keyed).outputOrThrow();
            return failed + " " + second + " " + third;
        });

        InlineRun<String> run = run(
                runner.answering(REMOTE, number -> {
                    if (++runs[0] == 1) {
                        throw new IllegalStateException("not yet");
                    }
                    return "run " + runs[0];
                }),
                parent);

        assertThat(run.output()).isEqualTo("true run 2 run 2");
    }

    @Test
    void retriesAnActionWithinAnAttempt() {
        int[] calls = {0};
        Task<?, Integer> task = Task.define("stubborn")
                .output(Integer.class)
                .run((nothing, context) -> context.retry(
                        Retry.exponential(3, Duration.ofSeconds(1)).withoutJitter(), () -> {
                            if (++calls[0] < 3) {
                                throw new IOException("flaky");
                            }
                            return calls[0];
                        }));

        InlineRun<Integer> run = run(runner, task);

        assertThat(run.output()).isEqualTo(3);
        assertThat(run.attempts()).isEqualTo(1);
        assertThat(run.waits()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void refusesBatchesThatTheServerWouldRefuse() {
        Task<?, ?> task = Task.define("large").runWithoutOutput((nothing, context) -> {
            assertThat(context.batchTriggerAndWait(TWICE, List.<Integer>of())).isEmpty();
            List<Integer> many = IntStream.range(0, 1_001).boxed().toList();
            assertThatThrownBy(() -> context.batchTrigger(TWICE, many)).hasMessageContaining("1 to 1,000 items");
            context.batchTrigger(List.of(BatchItem.of(TWICE, 1), BatchItem.of(REMOTE, 2)));
            context.addTags("a", "b", "a");
        });

        InlineRun<?> run = run(runner, task);

        assertThat(run.error()).isNull();
        assertThat(run.triggers()).extracting(InlineTrigger::taskId).containsExactly("inline-twice", "inline-remote");
        assertThat(run.tags()).containsExactly("a", "b");
    }

    private static <O extends @Nullable Object> InlineRun<O> run(InlineRunner runner, Task<?, O> task) {
        return runner.runJson(task, "");
    }
}
