package dev.runyard.testkit.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// That limits, slots, keys and order hold, as the tasks themselves saw it.
final class QueueRules {
    private QueueRules() {}

    /// One end of an execution; ends come before beginnings of the same moment.
    private record Edge(long at, boolean begins, String run) {
        static final Comparator<Edge> ORDER =
                Comparator.comparingLong(Edge::at).thenComparing(Edge::begins).thenComparing(Edge::run);
    }

    static List<Violation> keepsLimits(History history) {
        List<Violation> violations = new ArrayList<>();
        Map<String, List<Execution>> byScope = new HashMap<>();
        Map<String, RunRow> rows = history.runsById();
        for (Execution execution : history.executions) {
            RunRow row = rows.get(execution.run());
            if (row != null && execution.to() != null) {
                byScope.computeIfAbsent(row.scope(), _ -> new ArrayList<>()).add(execution);
                byScope.computeIfAbsent(row.environment(), _ -> new ArrayList<>())
                        .add(execution);
            }
        }
        history.limits.stream().map(LimitChange::scope).distinct().forEach(scope -> {
            List<LimitChange> limits = history.limits.stream()
                    .filter(change -> change.scope().equals(scope))
                    .sorted(Comparator.comparingLong(LimitChange::from))
                    .toList();
            violations.addAll(sweep(history, byScope.getOrDefault(scope, List.of()), limits));
        });
        return violations;
    }

    private static List<Violation> sweep(History history, List<Execution> executions, List<LimitChange> limits) {
        List<Edge> edges = new ArrayList<>();
        for (Execution execution : executions) {
            edges.add(new Edge(execution.from(), true, execution.run()));
            edges.add(new Edge(execution.lastSeen(), false, execution.run()));
        }
        edges.sort(Edge.ORDER);
        int running = 0;
        for (Edge edge : edges) {
            running += edge.begins() ? 1 : -1;
            int limit = limitAt(limits, edge.at());
            if (edge.begins() && running > limit) {
                return List.of(history.violation(
                        "I8",
                        edge.run(),
                        "was number %d in %s, whose limit is %d"
                                .formatted(running, limits.getFirst().scope(), limit)));
            }
        }
        return List.of();
    }

    /// While a limit changes, the larger of the two may be seen: what runs already is not stopped.
    private static int limitAt(List<LimitChange> limits, long at) {
        int current = Integer.MAX_VALUE;
        int before = Integer.MAX_VALUE;
        for (LimitChange change : limits) {
            if (change.from() <= at) {
                before = current == Integer.MAX_VALUE ? change.limit() : current;
                current = change.limit();
            }
        }
        return Math.max(current, before);
    }

    static List<Violation> returnsSlots(History history) {
        if (!history.isQuiescent) {
            return List.of();
        }
        return history.runs.stream()
                .filter(row -> row.holdsSlot() && !history.mayWait.contains(row.run()))
                .map(row -> history.violation("I9", row.run(), "holds a slot although nothing runs"))
                .toList();
    }

    static List<Violation> keepsKeysUnique(History history) {
        List<Violation> violations = new ArrayList<>();
        Map<String, RunRow> rows = history.runsById();
        Map<String, List<TriggerCall>> byKey = history.triggers.stream()
                .filter(call -> call.key() != null && call.run() != null)
                .collect(Collectors.groupingBy(call -> call.environment() + " " + call.task() + " " + call.key()));
        byKey.forEach((key, calls) -> {
            List<String> live = calls.stream()
                    .map(call -> String.valueOf(call.run()))
                    .distinct()
                    .filter(run -> rows.get(run) instanceof RunRow row && !row.hasFailed())
                    .toList();
            if (live.size() > 1) {
                violations.add(history.violation("I10", live.get(1), "is a second run of the key " + key));
            }
            calls.stream()
                    .filter(call -> !call.isCached())
                    .collect(Collectors.groupingBy(call -> String.valueOf(call.run()), Collectors.counting()))
                    .forEach((run, fresh) -> {
                        if (fresh > 1) {
                            violations.add(history.violation("I10", run, "was said to be new " + fresh + " times"));
                        }
                    });
        });
        return violations;
    }

    /// A triggered run and when its code first began.
    private record FirstStart(String run, String scope, long sentAt, long returnedAt, long startedAt) {
        boolean wasSentAfter(FirstStart other) {
            return other.returnedAt < sentAt;
        }
    }

    /// Compares only first starts of runs that were triggered one after the other, with one priority and no
    /// delay, while the limit was never above 1.
    static List<Violation> keepsOrder(History history) {
        List<Violation> violations = new ArrayList<>();
        Map<String, List<FirstStart>> byScope =
                firstStarts(history).stream().collect(Collectors.groupingBy(FirstStart::scope));
        byScope.forEach((scope, starts) -> {
            List<LimitChange> changes = history.limits.stream()
                    .filter(change -> change.scope().equals(scope))
                    .toList();
            long raisedAt = changes.stream()
                    .filter(change -> change.limit() > 1)
                    .mapToLong(LimitChange::from)
                    .min()
                    .orElse(Long.MAX_VALUE);
            if (!changes.isEmpty()) {
                violations.addAll(inversions(
                        history,
                        starts.stream()
                                .filter(start -> start.startedAt() < raisedAt)
                                .toList()));
            }
        });
        return violations;
    }

    private static List<FirstStart> firstStarts(History history) {
        Map<String, RunRow> rows = history.runsById();
        Map<String, List<Execution>> executions = history.executionsByRun();
        List<FirstStart> starts = new ArrayList<>();
        for (TriggerCall call : history.triggers) {
            if (call.run() instanceof String run
                    && !call.isCached()
                    && rows.get(run) instanceof RunRow row
                    && row.delayUntil() == null
                    && executions.get(run) instanceof List<Execution> own) {
                starts.add(new FirstStart(
                        run,
                        row.scope(),
                        call.sentAt(),
                        call.returnedAt(),
                        own.getFirst().from()));
            }
        }
        starts.sort(Comparator.comparingLong(FirstStart::sentAt));
        return starts;
    }

    private static List<Violation> inversions(History history, List<FirstStart> starts) {
        for (int i = 0; i < starts.size(); i++) {
            for (int j = i + 1; j < starts.size(); j++) {
                FirstStart first = starts.get(i);
                FirstStart second = starts.get(j);
                if (second.wasSentAfter(first) && second.startedAt() < first.startedAt()) {
                    return List.of(history.violation("I11", second.run(), "overtook " + first.run()));
                }
            }
        }
        return List.of();
    }

    static List<Violation> matchesRedis(History history) {
        return history.redisDifferences.stream()
                .map(difference -> new Violation("I21", "Redis and the database disagree: " + difference, List.of()))
                .toList();
    }
}
