package dev.runyard.sdk.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.sdk.AbortTaskRunException;
import dev.runyard.sdk.Local;
import dev.runyard.sdk.Retry;
import dev.runyard.sdk.Task;
import dev.runyard.sdk.TaskBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InlineRunnerTest {
    private static final Retry TWICE = Retry.fixed(2, Duration.ofSeconds(7));

    private final List<String> calls = new ArrayList<>();

    @Test
    void runsHooksInOrderOnSuccess() {
        Task<String, Integer> task = recording().run((text, context) -> {
            calls.add("run");
            return text.length();
        });

        InlineRun<Integer> run = InlineRunner.create().run(task, "four");

        assertThat(run.output()).isEqualTo(4);
        assertThat(calls).containsExactly("start", "run", "success 4", "complete", "cleanup");
    }

    @Test
    void runsFailureHooksOnlyWhenNoAttemptFollows() {
        Task<String, Integer> task = recording().retry(TWICE).run((text, context) -> {
            calls.add("run");
            throw new IllegalStateException("no " + context.attempt().number());
        });

        InlineRun<Integer> run = InlineRunner.create().run(task, "x");

        assertThat(calls).containsExactly("start", "run", "cleanup", "run", "failure no 2", "complete", "cleanup");
        assertThat(run.attempts()).isEqualTo(2);
        assertThat(run.retryDelays()).containsExactly(Duration.ofSeconds(7));
        assertThat(run.error()).isInstanceOfSatisfying(TaskRunError.BuiltIn.class, error -> {
            assertThat(error.name()).isEqualTo("java.lang.IllegalStateException");
            assertThat(error.message()).isEqualTo("no 2");
            assertThat(error.stackTrace()).contains("InlineRunnerTest").doesNotContain("sdk.internal");
        });
    }

    @Test
    void doesNotRepeatWhatTheTaskAborts() {
        Task<String, Integer> task = recording().retry(TWICE).run((text, context) -> {
            throw new AbortTaskRunException("useless", new IllegalArgumentException("the reason"));
        });

        InlineRun<Integer> run = InlineRunner.create().run(task, "x");

        assertThat(run.attempts()).isEqualTo(1);
        assertThat(run.error())
                .isInstanceOfSatisfying(
                        TaskRunError.BuiltIn.class,
                        error -> assertThat(error.stackTrace())
                                .contains("useless")
                                .contains("Caused by: java.lang.IllegalArgumentException: the reason"));
    }

    @Test
    void letsAFailingHookChangeNothing() {
        Task<String, Integer> task = Task.define("hooked")
                .input(String.class)
                .output(Integer.class)
                .onSuccess((text, length, context) -> {
                    throw new IllegalStateException("hook");
                })
                .run((text, context) -> 1);

        InlineRun<Integer> run = InlineRunner.create().run(task, "x");

        assertThat(run.output()).isEqualTo(1);
        assertThat(run.lines()).anySatisfy(line -> assertThat(line.message()).contains("The onSuccess hook failed"));
    }

    @Test
    void failsAPayloadThatDoesNotFitWithoutRetry() {
        Task<Integer, Integer> task =
                Task.define("number").input(Integer.class).output(Integer.class).run((n, context) -> n);

        InlineRun<Integer> run = InlineRunner.create().runJson(task, "{\"not\":\"a number\"}");

        assertThat(run.attempts()).isEqualTo(1);
        assertThat(internal(run.error()).code()).isEqualTo(InternalErrorCode.TASK_INPUT_ERROR);
    }

    @Test
    void failsAMissingPayload() {
        Task<Integer, Integer> task =
                Task.define("number").input(Integer.class).output(Integer.class).run((n, context) -> n);

        InlineRun<Integer> run = InlineRunner.create().runJson(task, "");

        assertThat(internal(run.error()).message()).contains("no payload").contains("java.lang.Integer");
    }

    @Test
    void failsAnOutputThatIsTooLarge() {
        Task<?, String> task =
                Task.define("large").output(String.class).run((nothing, context) -> "x".repeat(11 << 20));

        InlineRun<String> run = InlineRunner.create().runJson(task, "");

        assertThat(internal(run.error()).code()).isEqualTo(InternalErrorCode.TASK_OUTPUT_ERROR);
        assertThat(internal(run.error()).message()).contains("at most 10,485,760");
    }

    @Test
    void failsAnOutputThatContainsItself() {
        Task<?, Object> task = Task.define("ring").output(Object.class).run((nothing, context) -> {
            List<Object> ring = new ArrayList<>();
            ring.add(ring);
            return ring;
        });

        InlineRun<Object> run = InlineRunner.create().runJson(task, "");

        assertThat(internal(run.error()).code()).isEqualTo(InternalErrorCode.TASK_OUTPUT_ERROR);
    }

    @Test
    void survivesAStackOverflowAndAnExceptionThatCannotPrintItself() {
        Task<?, Integer> deep =
                Task.define("deep").retry(Retry.none()).output(Integer.class).run((n, context) -> depth(0));
        Task<?, Integer> mute = Task.define("mute")
                .retry(Retry.none())
                .output(Integer.class)
                .run((n, context) -> {
                    throw new MuteException();
                });

        assertThat(InlineRunner.create().runJson(deep, "").error())
                .isInstanceOfSatisfying(
                        TaskRunError.BuiltIn.class,
                        error -> assertThat(error.name()).isEqualTo("java.lang.StackOverflowError"));
        assertThat(InlineRunner.create().runJson(mute, "").error())
                .isInstanceOfSatisfying(
                        TaskRunError.BuiltIn.class,
                        error -> assertThat(error.stackTrace()).contains("cannot be printed"));
    }

    @Test
    void keepsLocalsForHooksAndShowsVariables() {
        Local<String> secret = Local.named("secret");
        Task<?, String> task = Task.define("locals")
                .output(String.class)
                .cleanup((nothing, context) -> calls.add(context.get(secret).orElse("none")))
                .run((nothing, context) -> {
                    context.set(secret, context.variable("SECRET").orElse("none"));
                    context.progress(1, 2, "half");
                    return "done";
                });

        InlineRun<String> run =
                InlineRunner.withVariables(Map.of("SECRET", "s3")).runJson(task, "");

        assertThat(calls).containsExactly("s3");
        assertThat(run.lines())
                .anySatisfy(line ->
                        assertThat(line.attributes()).isEqualTo(Map.of("progress.done", 1L, "progress.total", 2L)));
    }

    private TaskBuilder<String, Integer> recording() {
        return Task.define("recording")
                .input(String.class)
                .output(Integer.class)
                .onStart((text, context) -> calls.add("start"))
                .onSuccess((text, length, context) -> calls.add("success " + length))
                .onFailure((text, error, context) -> calls.add("failure " + error.getMessage()))
                .onComplete((text, context) -> calls.add("complete"))
                .onCancel((text, context) -> calls.add("cancel"))
                .cleanup((text, context) -> calls.add("cleanup"));
    }

    private static TaskRunError.Internal internal(@Nullable TaskRunError error) {
        if (error instanceof TaskRunError.Internal found) {
            return found;
        }
        throw new AssertionError("not an internal error: " + error);
    }

    @SuppressWarnings("InfiniteRecursion") // the point of the test
    private static int depth(int level) {
        return depth(level + 1) + 1;
    }

    private static final class MuteException extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("mute");
        }
    }
}
