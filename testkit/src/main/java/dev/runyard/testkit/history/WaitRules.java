package dev.runyard.testkit.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// That waits, batches and schedules happen once.
final class WaitRules {
    private WaitRules() {}

    static List<Violation> ticksOnce(History history) {
        Set<String> seen = new HashSet<>();
        return history.ticks.stream()
                .filter(tick -> !seen.add(tick.schedule() + " " + tick.nominal()))
                .map(tick -> history.violation(
                        "I12", tick.run(), "is a second run of %s at %s".formatted(tick.schedule(), tick.nominal())))
                .toList();
    }

    static List<Violation> wakes(History history) {
        Map<String, Integer> newest = new HashMap<>();
        history.waits.forEach(wait -> newest.merge(wait.run(), wait.round(), Math::max));
        Map<String, List<WaitRow>> current = history.waits.stream()
                .filter(wait -> wait.round() == newest.getOrDefault(wait.run(), 0))
                .collect(Collectors.groupingBy(WaitRow::run));
        List<Violation> violations = new ArrayList<>();
        for (RunRow row : history.runs) {
            List<WaitRow> waits = current.getOrDefault(row.run(), List.of());
            boolean allCompleted = waits.stream().allMatch(WaitRow::isCompleted);
            if (row.isBlocked() && allCompleted && history.isQuiescent) {
                violations.add(history.violation("I13", row.run(), "waits for nothing"));
            } else if (!row.isBlocked() && !row.isFinished() && waits.stream().anyMatch(wait -> !wait.isResolved())) {
                violations.add(history.violation("I13", row.run(), "went on before its wait ended"));
            }
        }
        history.waits.stream()
                .filter(wait -> wait.isResolved() && !wait.isCompleted())
                .forEach(wait -> violations.add(
                        history.violation("I13", wait.run(), "was told that " + wait.waitpoint() + " ended")));
        return violations;
    }

    static List<Violation> passesResults(History history) {
        Map<String, RunRow> rows = history.runsById();
        List<Violation> violations = new ArrayList<>();
        for (ResultSeen seen : history.resultsSeen) {
            RunRow child = rows.get(seen.child());
            if (child == null || !child.isFinished() || !Objects.equals(child.output(), seen.output())) {
                violations.add(history.violation(
                        "I15", seen.parent(), "saw the result %s of %s".formatted(seen.output(), seen.child())));
            }
        }
        return violations;
    }

    static List<Violation> balancesBatches(History history) {
        List<Violation> violations = new ArrayList<>();
        for (BatchRow batch : history.batches) {
            if (new HashSet<>(batch.runs()).size() + batch.failedItems() != batch.accepted()) {
                violations.add(new Violation("I16", "items of a batch are lost or doubled: " + batch, List.of()));
            }
            if (batch.completions() > 1 || history.isQuiescent && batch.completions() == 0) {
                violations.add(new Violation("I16", "a batch must complete once: " + batch, List.of()));
            }
        }
        return violations;
    }
}
