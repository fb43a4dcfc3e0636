package dev.runyard.sdk.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.sdk.Retry;
import dev.runyard.sdk.Task;
import dev.runyard.sdk.TaskReference;
import dev.runyard.sdk.testing.InlineRun;
import dev.runyard.sdk.testing.InlineRunner;
import dev.runyard.sdk.testing.InlineTrigger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlowTest {
    private static final TaskReference<String, Integer> LENGTH =
            TaskReference.to("length", String.class, Integer.class);
    private static final TaskReference<String, String> SHOUT = TaskReference.to("shout", String.class, String.class);

    private static final Task<String, String> TRACK = Track.define("track", String.class)
            .step(LENGTH)
            .step(SHOUT, (length, text) -> text + length)
            .retry(Retry.fixed(2, Duration.ofSeconds(1)))
            .asTask();

    private static final Orchestrator<String> BRANCHES = Orchestrator.define("both", String.class)
            .branch("length", LENGTH)
            .branch("loud", SHOUT, text -> text + "?");

    private final InlineRunner runner =
            InlineRunner.create().answering(LENGTH, String::length).answering(SHOUT, text -> text + "!");

    @Test
    void passesOutputsAndThePayloadFromStepToStep() {
        InlineRun<String> run = runner.run(TRACK, "four");

        assertThat(run.output()).isEqualTo("four4!");
        assertThat(run.triggers()).extracting(InlineTrigger::taskId).containsExactly("length", "shout");
        assertThat(run.metadata()).isEqualTo(Map.of("step", 2, "steps", 2, "task", "shout"));
        assertThat(TRACK.options().description()).isEqualTo("Track of length → shout");
    }

    @Test
    void namesTheStepThatFailedAndKeepsKeysOverItsRetries() {
        InlineRunner failing = runner.answering(SHOUT, text -> {
            throw new IllegalStateException("hoarse");
        });

        InlineRun<String> run = failing.run(TRACK, "four");

        assertThat(run.attempts()).isEqualTo(2);
        assertThat(run.error())
                .isInstanceOfSatisfying(
                        TaskRunError.BuiltIn.class,
                        error -> assertThat(error.message()).isEqualTo("step 2 (shout) failed: hoarse"));
        List<InlineTrigger> steps = run.triggersOf("length");
        assertThat(steps).hasSize(2);
        assertThat(steps.getFirst().idempotencyKey()).isEqualTo(steps.getLast().idempotencyKey());
    }

    @Test
    void runsBranchesAndAggregatesThem() {
        Task<String, String> task = BRANCHES.aggregate(
                String.class,
                (results, text) ->
                        text + results.output("length", Integer.class) + results.output("loud", String.class));

        assertThat(runner.run(task, "abc").output()).isEqualTo("abc3abc?!");
    }

    @Test
    void failsAsItsPolicySays() {
        InlineRunner failing = runner.answering(SHOUT, text -> {
            throw new IllegalStateException("hoarse");
        });

        assertThat(failing.run(BRANCHES.aggregate(String.class, (results, text) -> text), "a")
                        .error())
                .isInstanceOfSatisfying(
                        TaskRunError.BuiltIn.class,
                        error -> assertThat(error.message()).isEqualTo("branch \"loud\" failed: hoarse"));
        assertThat(failing.run(
                                BRANCHES.onFailure(FailurePolicy.ONE_MUST_SUCCEED)
                                        .aggregate(
                                                String.class,
                                                (results, text) ->
                                                        results.failed().toString()),
                                "a")
                        .output())
                .isEqualTo("[loud]");
    }

    @Test
    void refusesEmptyAndAmbiguousDefinitions() {
        assertThatThrownBy(() -> Track.define("none", String.class).asTask()).hasMessage("track none has no steps");
        assertThatThrownBy(() -> BRANCHES.branch("loud", SHOUT)).hasMessageContaining("a branch \"loud\" already");
    }
}
