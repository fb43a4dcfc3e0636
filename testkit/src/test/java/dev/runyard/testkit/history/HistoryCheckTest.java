package dev.runyard.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A checker that never fails proves nothing: every rule gets histories with a defect, and must name it.
class HistoryCheckTest {
    private static final Instant NOON = Instant.parse("2026-08-01T12:00:00Z");

    /// A history with one defect.
    ///
    /// @param name what is wrong
    /// @param rule who must notice
    /// @param defect puts it into a good history
    record Defect(String name, String rule, UnaryOperator<History> defect) {
        @Override
        public String toString() {
            return rule + " notices " + name;
        }
    }

    static Stream<Defect> defects() {
        return Stream.concat(runDefects(), waitDefects());
    }

    private static Stream<Defect> runDefects() {
        return Stream.of(
                new Defect("a lost run", "I1", history -> history.addTrigger(call("lost", null, 90))),
                new Defect("a run that never ends", "I2", history -> history.addRun(row("stuck", "EXECUTING", 0))),
                new Defect("a second end", "I3", history -> {
                    succeed(history, "twice", 1);
                    return history.addStep(step("twice", 4, "FAILED", "FINISHED", 1));
                }),
                new Defect("life after the end", "I3", history -> {
                    succeed(history, "undead", 1);
                    return history.addStep(step("undead", 4, "RETRY_QUEUED", "QUEUED", 1));
                }),
                new Defect(
                        "an end that only the row has",
                        "I3",
                        history -> history.addRun(row("r", "FINISHED", 1))
                                .addStep(step("r", 1, "TRIGGERED", "QUEUED", 0))),
                new Defect("a result of a late attempt", "I4", history -> {
                    succeed(history, "late", 1);
                    return history.addExecution(new Execution("late", 1, 80, 81L, NOON, "another"));
                }),
                new Defect("a run that nobody triggered", "I5", history -> succeed(history, "phantom", 1)),
                new Defect(
                        "code of an unknown run",
                        "I5",
                        history -> history.addExecution(new Execution("unknown", 1, 80, 81L, NOON, null))),
                new Defect(
                        "a skipped attempt number",
                        "I6",
                        history -> history.addRun(row("skips", "FINISHED", 3))
                                .addStep(step("skips", 1, "TRIGGERED", "QUEUED", 0))
                                .addStep(step("skips", 2, "CLAIMED_AND_STARTED", "EXECUTING", 2))
                                .addStep(step("skips", 3, "SUCCEEDED", "FINISHED", 2))),
                new Defect("too many attempts", "I6", HistoryCheckTest::retriesTooOften),
                new Defect(
                        "two attempts at once",
                        "I7",
                        history -> history.addExecution(new Execution("a", 2, 11, 12L, NOON, null))),
                new Defect(
                        "more executions than the limit",
                        "I8",
                        history -> history.addExecution(new Execution("b", 7, 15, 16L, NOON, null))),
                new Defect(
                        "a slot that stays",
                        "I9",
                        history -> history.addRun(new RunRow(
                                "leak",
                                "env",
                                "task",
                                "queue",
                                null,
                                "CANCELED",
                                "FINISHED",
                                0,
                                0,
                                null,
                                true,
                                null,
                                null))),
                new Defect("two runs of a key", "I10", history -> {
                    succeed(history, "again", 1);
                    return history.addTrigger(new TriggerCall("env", "task", "k", "again", false, 90, 91));
                }),
                new Defect(
                        "one run called new twice",
                        "I10",
                        history -> history.addTrigger(new TriggerCall("env", "task", "k", "a", false, 90, 91))),
                new Defect("an overtaking run", "I11", HistoryCheckTest::overtakes),
                new Defect(
                        "an early start",
                        "I14",
                        history -> history.addRun(delayed("early"))
                                .addExecution(new Execution("early", 1, 80, 81L, NOON, "early"))),
                new Defect(
                        "code that began after a cancellation",
                        "I17",
                        history -> history.addCancel(new CancelCall("b", 1))),
                new Defect(
                        "an attempt after a cancellation",
                        "I17",
                        history -> history.addRun(row("c", "FINISHED", 3))
                                .addStep(step("c", 1, "CANCEL_REQUESTED", "PENDING_CANCEL", 0))
                                .addStep(step("c", 2, "ATTEMPT_STARTED", "EXECUTING", 1))
                                .addStep(step("c", 3, "SUCCEEDED", "FINISHED", 1))),
                new Defect(
                        "an expiry of a started run",
                        "I18",
                        history -> history.addRun(new RunRow(
                                        "x",
                                        "env",
                                        "task",
                                        "queue",
                                        null,
                                        "EXPIRED",
                                        "FINISHED",
                                        0,
                                        0,
                                        null,
                                        false,
                                        null,
                                        null))
                                .addExecution(new Execution("x", 1, 80, 81L, NOON, null))),
                new Defect(
                        "left-overs in Redis",
                        "I21",
                        history -> history.addRedisDifference("run a is in the queue and finished")),
                new Defect(
                        "a gap between versions",
                        "I22",
                        history -> history.addRun(row("g", "FINISHED", 2))
                                .addStep(step("g", 1, "TRIGGERED", "QUEUED", 0))
                                .addStep(step("g", 3, "SUCCEEDED", "FINISHED", 0))),
                new Defect(
                        "a missing step",
                        "I22",
                        history -> history.addRun(row("m", "FINISHED", 2))
                                .addStep(step("m", 1, "TRIGGERED", "QUEUED", 0))),
                new Defect(
                        "an illegal move",
                        "I22",
                        history -> history.addRun(row("i", "FINISHED", 2))
                                .addStep(step("i", 1, "TRIGGERED", "QUEUED", 0))
                                .addStep(step("i", 2, "SUCCEEDED", "FINISHED", 0))),
                new Defect(
                        "a success that nothing executed",
                        "I24",
                        history -> succeed(history, "imagined", 1).addTrigger(call("imagined", null, 90))));
    }

    private static Stream<Defect> waitDefects() {
        return Stream.of(
                new Defect(
                        "a doubled tick",
                        "I12",
                        history -> history.addTick(new Tick("daily", NOON, "a")).addTick(new Tick("daily", NOON, "b"))),
                new Defect(
                        "a lost wake-up",
                        "I13",
                        history -> history.addRun(row("w", "EXECUTING_WITH_WAITPOINTS", 0))
                                .addWait(new WaitRow("w", 1, "token", true, false))),
                new Defect(
                        "an early wake-up",
                        "I13",
                        history -> history.addRun(row("w", "EXECUTING", 0))
                                .addWait(new WaitRow("w", 1, "token", false, false))),
                new Defect(
                        "a wait that ended by itself",
                        "I13",
                        history -> history.addWait(new WaitRow("a", 1, "token", false, true))),
                new Defect(
                        "another result than the child's",
                        "I15",
                        history -> history.addResultSeen(new ResultSeen("b", "a", "something else"))),
                new Defect(
                        "a lost item of a batch",
                        "I16",
                        history -> history.addBatch(new BatchRow("batch", 3, 0, List.of("a", "b"), 1))),
                new Defect(
                        "a doubled item of a batch",
                        "I16",
                        history -> history.addBatch(new BatchRow("batch", 1, 0, List.of("a", "b"), 1))),
                new Defect(
                        "a batch that never completes",
                        "I16",
                        history -> history.addBatch(new BatchRow("batch", 2, 0, List.of("a", "b"), 0))),
                new Defect(
                        "a batch that completes twice",
                        "I16",
                        history -> history.addBatch(new BatchRow("batch", 2, 0, List.of("a", "b"), 2))));
    }

    @ParameterizedTest
    @MethodSource("defects")
    void noticesTheDefect(Defect defect) {
        History history = defect.defect().apply(good());
        assertThat(HistoryCheck.check(history)).extracting(Violation::rule).contains(defect.rule());
        assertThatThrownBy(() -> HistoryCheck.requireNone(history)).hasMessageContaining(defect.rule());
    }

    @Test
    void findsNothingInAGoodHistory() {
        assertThat(HistoryCheck.check(good())).isEmpty();
    }

    @Test
    void hasADefectForEveryRule() {
        assertThat(defects().map(Defect::rule).distinct()).containsAll(HistoryCheck.RULES.keySet());
    }

    @Test
    void tellsWhatHappenedToTheRun() {
        History history = good().addExecution(new Execution("a", 2, 11, 12L, NOON, null));
        assertThat(HistoryCheck.check(history).getFirst().toString())
                .contains("a was executed twice at once", "v1 TRIGGERED", "v3 SUCCEEDED", "attempt=2");
    }

    @Test
    void allowsWhatIsPromisedToBeAllowed() {
        History history = good().addRun(row("waits", "EXECUTING_WITH_WAITPOINTS", 0))
                .addTrigger(call("waits", null, 90))
                .addWait(new WaitRow("waits", 1, "old", true, true))
                .addWait(new WaitRow("waits", 2, "token", false, false))
                .allowToWait("waits")
                .addTrigger(new TriggerCall("env", "task", "k", "a", true, 90, 91))
                .addLimit(new LimitChange("env queue", 5, 30))
                .addExecution(new Execution("a", 1, 2, null, NOON, null));
        assertThat(HistoryCheck.check(history)).isEmpty();
    }

    /// Two runs, one after the other, in a queue of limit 1.
    private static History good() {
        History history = new History().tellsEveryExecution();
        Map<String, List<String>> moves = new LinkedHashMap<>();
        moves.put("QUEUED", List.of("CLAIMED_AND_STARTED EXECUTING"));
        moves.put("EXECUTING", List.of("SUCCEEDED FINISHED", "FAILED FINISHED", "RETRY_QUEUED QUEUED"));
        history.allowMove(null, "TRIGGERED", "QUEUED");
        moves.forEach((from, events) ->
                events.forEach(event -> history.allowMove(from, event.split(" ")[0], event.split(" ")[1])));
        history.addLimit(new LimitChange("env queue", 1, 0));
        history.addTrigger(call("a", "k", 1)).addTrigger(call("b", null, 3));
        succeed(history, "a", 1);
        succeed(history, "b", 1);
        history.addExecution(new Execution("a", 1, 10, 12L, NOON, "a"));
        return history.addExecution(new Execution("b", 1, 12, 20L, NOON, "b"));
    }

    private static History succeed(History history, String run, int attempt) {
        return history.addRun(row(run, "FINISHED", 3))
                .addStep(step(run, 1, "TRIGGERED", "QUEUED", 0))
                .addStep(step(run, 2, "CLAIMED_AND_STARTED", "EXECUTING", attempt))
                .addStep(step(run, 3, "SUCCEEDED", "FINISHED", attempt));
    }

    private static History retriesTooOften(History history) {
        history.addRun(new RunRow(
                "often",
                "env",
                "task",
                "queue",
                null,
                "COMPLETED_WITH_ERRORS",
                "FINISHED",
                5,
                2,
                1,
                false,
                null,
                null));
        history.addStep(step("often", 1, "TRIGGERED", "QUEUED", 0));
        history.addStep(step("often", 2, "CLAIMED_AND_STARTED", "EXECUTING", 1));
        history.addStep(step("often", 3, "RETRY_QUEUED", "QUEUED", 1));
        history.addStep(step("often", 4, "CLAIMED_AND_STARTED", "EXECUTING", 2));
        return history.addStep(step("often", 5, "FAILED", "FINISHED", 2));
    }

    private static History overtakes(History history) {
        succeed(history, "c", 1);
        succeed(history, "d", 1);
        history.addTrigger(call("c", null, 30)).addTrigger(call("d", null, 40));
        history.addExecution(new Execution("d", 1, 50, 51L, NOON, "d"));
        return history.addExecution(new Execution("c", 1, 60, 61L, NOON, "c"));
    }

    private static RunRow row(String run, String execution, int version) {
        String status = execution.equals("FINISHED") ? "COMPLETED_SUCCESSFULLY" : "EXECUTING";
        return new RunRow(run, "env", "task", "queue", null, status, execution, version, 1, null, false, null, run);
    }

    private static RunRow delayed(String run) {
        return new RunRow(
                run,
                "env",
                "task",
                "queue",
                null,
                "COMPLETED_SUCCESSFULLY",
                "FINISHED",
                0,
                1,
                null,
                false,
                NOON.plusSeconds(1),
                run);
    }

    private static Step step(String run, int version, String event, String execution, int attempt) {
        return new Step(run, version, event, execution, "-", attempt, NOON);
    }

    private static TriggerCall call(String run, @Nullable String key, long at) {
        return new TriggerCall("env", "task", key, run, false, at, at + 1);
    }
}
