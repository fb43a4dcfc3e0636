package dev.runyard.testkit.history;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// That what was accepted is kept, ends, and ends once.
final class EndRules {
    private EndRules() {}

    static List<Violation> keepsAccepted(History history) {
        Set<String> known = history.runsById().keySet();
        return history.triggers.stream()
                .map(TriggerCall::run)
                .filter(Objects::nonNull)
                .distinct()
                .filter(run -> !known.contains(run))
                .map(run -> history.violation("I1", run, "was acknowledged and is not there"))
                .toList();
    }

    static List<Violation> endsEverything(History history) {
        if (!history.isQuiescent) {
            return List.of();
        }
        return history.runs.stream()
                .filter(row -> !row.isFinished() && !history.mayWait.contains(row.run()))
                .map(row -> history.violation("I2", row.run(), "never ended"))
                .toList();
    }

    static List<Violation> endsOnce(History history) {
        List<Violation> violations = new ArrayList<>();
        Map<String, RunRow> rows = history.runsById();
        history.chains().forEach((run, chain) -> {
            long ends = chain.stream().filter(Step::isEnd).count();
            RunRow row = rows.get(run);
            if (ends > 1) {
                violations.add(history.violation("I3", run, "ended " + ends + " times"));
            } else if (ends == 1 && !chain.getLast().isEnd()) {
                violations.add(history.violation("I3", run, "changed after its end"));
            } else if (row != null && row.isFinished() != (ends == 1)) {
                violations.add(history.violation("I3", run, "and its history disagree on whether it ended"));
            }
        });
        return violations;
    }

    /// Runs that nobody was told of can only come from calls that got no answer, from parents and from schedules.
    static List<Violation> inventsNothing(History history) {
        List<Violation> violations = new ArrayList<>();
        Set<String> known = history.runsById().keySet();
        history.executions.stream()
                .map(Execution::run)
                .distinct()
                .filter(run -> !known.contains(run))
                .forEach(run -> violations.add(history.violation("I5", run, "was executed and is not there")));
        if (!history.triggers.isEmpty()) {
            violations.addAll(unexplained(history));
        }
        return violations;
    }

    private static List<Violation> unexplained(History history) {
        Set<String> explained = history.triggers.stream()
                .map(TriggerCall::run)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(HashSet::new));
        history.batches.forEach(batch -> explained.addAll(batch.runs()));
        history.ticks.forEach(tick -> explained.add(tick.run()));
        history.resultsSeen.forEach(seen -> explained.add(seen.child()));
        List<String> others = history.runs.stream()
                .map(RunRow::run)
                .filter(run -> !explained.contains(run))
                .toList();
        long unanswered =
                history.triggers.stream().filter(call -> call.run() == null).count();
        return others.size() <= unanswered
                ? List.of()
                : List.of(history.violation(
                        "I5",
                        others.getLast(),
                        "and %d more exist, but only %d calls got no answer".formatted(others.size() - 1, unanswered)));
    }
}
