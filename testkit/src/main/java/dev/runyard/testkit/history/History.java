package dev.runyard.testkit.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Everything that is known of what a system under test did: its database at the end, and what its callers and tasks
/// saw.
///
/// Filled by one thread after the load stopped.
public final class History {
    final List<RunRow> runs = new ArrayList<>();
    final List<Step> steps = new ArrayList<>();
    final List<Execution> executions = new ArrayList<>();
    final List<TriggerCall> triggers = new ArrayList<>();
    final List<CancelCall> cancels = new ArrayList<>();
    final List<LimitChange> limits = new ArrayList<>();
    final List<WaitRow> waits = new ArrayList<>();
    final List<BatchRow> batches = new ArrayList<>();
    final List<Tick> ticks = new ArrayList<>();
    final List<ResultSeen> resultsSeen = new ArrayList<>();
    final List<String> redisDifferences = new ArrayList<>();
    final Set<String> mayWait = new LinkedHashSet<>();
    final Set<String> moves = new LinkedHashSet<>();
    boolean isQuiescent = true;
    boolean tellsEveryExecution;

    public History addRun(RunRow row) {
        runs.add(row);
        return this;
    }

    public History addStep(Step step) {
        steps.add(step);
        return this;
    }

    public History addExecution(Execution execution) {
        executions.add(execution);
        return this;
    }

    public History addTrigger(TriggerCall call) {
        triggers.add(call);
        return this;
    }

    public History addCancel(CancelCall call) {
        cancels.add(call);
        return this;
    }

    public History addLimit(LimitChange change) {
        limits.add(change);
        return this;
    }

    public History addWait(WaitRow wait) {
        waits.add(wait);
        return this;
    }

    public History addBatch(BatchRow batch) {
        batches.add(batch);
        return this;
    }

    public History addTick(Tick tick) {
        ticks.add(tick);
        return this;
    }

    public History addResultSeen(ResultSeen seen) {
        resultsSeen.add(seen);
        return this;
    }

    /// Adds what Redis holds too much or too little of, compared with what it would be filled with.
    public History addRedisDifference(String difference) {
        redisDifferences.add(difference);
        return this;
    }

    /// Lets a run be unfinished at the end: it waits for something that nobody did.
    public History allowToWait(String run) {
        mayWait.add(run);
        return this;
    }

    /// Names a legal move.
    ///
    /// @param from execution before, null for a new run
    public History allowMove(@Nullable String from, String event, String to) {
        moves.add(move(from, event, to));
        return this;
    }

    /// Says that load still runs, so what must happen in the end need not have happened.
    public History isBusy() {
        isQuiescent = false;
        return this;
    }

    /// Says that the tasks wrote down every execution, so that a success without one is a lie.
    public History tellsEveryExecution() {
        tellsEveryExecution = true;
        return this;
    }

    static String move(@Nullable String from, String event, String to) {
        return (from == null ? "(new)" : from) + " " + event + " " + to;
    }

    Map<String, RunRow> runsById() {
        Map<String, RunRow> byId = new LinkedHashMap<>();
        runs.forEach(row -> byId.put(row.run(), row));
        return byId;
    }

    /// Steps by run, in the order of their versions.
    Map<String, List<Step>> chains() {
        Map<String, List<Step>> chains = steps.stream()
                .sorted(Comparator.comparingInt(Step::version))
                .collect(Collectors.groupingBy(Step::run, LinkedHashMap::new, Collectors.toList()));
        return chains;
    }

    /// Executions by run, in the order of their beginnings.
    Map<String, List<Execution>> executionsByRun() {
        Map<String, List<Execution>> byRun = new HashMap<>();
        executions.stream()
                .sorted(Comparator.comparingLong(Execution::from))
                .forEach(execution -> byRun.computeIfAbsent(execution.run(), _ -> new ArrayList<>())
                        .add(execution));
        return byRun;
    }

    /// Makes a violation about a run, with everything that is known of it.
    Violation violation(String rule, String run, String what) {
        List<String> timeline = new ArrayList<>();
        runs.stream().filter(row -> row.run().equals(run)).forEach(row -> timeline.add(row.toString()));
        steps.stream()
                .filter(step -> step.run().equals(run))
                .sorted(Comparator.comparingInt(Step::version))
                .forEach(step -> timeline.add(step.toString()));
        executions.stream()
                .filter(execution -> execution.run().equals(run))
                .forEach(execution -> timeline.add(execution.toString()));
        return new Violation(rule, run + " " + what, timeline);
    }
}
