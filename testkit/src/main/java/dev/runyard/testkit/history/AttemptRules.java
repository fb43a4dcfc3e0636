package dev.runyard.testkit.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// That attempts are well formed, one at a time, and that their results are what counts.
final class AttemptRules {
    private static final Set<String> CANCELED = Set.of("CANCEL_REQUESTED", "CANCELED");

    private AttemptRules() {}

    static List<Violation> keepsAcceptedResult(History history) {
        List<Violation> violations = new ArrayList<>();
        forEachSuccess(history, (row, own) -> {
            @Nullable
            String accepted = own.stream()
                    .filter(execution -> execution.attempt() == row.attempt())
                    .map(Execution::nonce)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
            if (accepted != null && !accepted.equals(row.output())) {
                violations.add(history.violation("I4", row.run(), "has another result than attempt " + row.attempt()));
            }
        });
        return violations;
    }

    static List<Violation> ranWhatSucceeded(History history) {
        if (!history.tellsEveryExecution) {
            return List.of();
        }
        List<Violation> violations = new ArrayList<>();
        forEachSuccess(history, (row, own) -> {
            if (own.stream().noneMatch(one -> one.attempt() == row.attempt() && one.to() != null)) {
                violations.add(history.violation(
                        "I24", row.run(), "succeeded, but attempt " + row.attempt() + " never came to its end"));
            }
        });
        return violations;
    }

    private static void forEachSuccess(History history, BiConsumer<RunRow, List<Execution>> check) {
        Map<String, List<Execution>> executions = history.executionsByRun();
        history.runs.stream()
                .filter(RunRow::hasSucceeded)
                .forEach(row -> check.accept(row, executions.getOrDefault(row.run(), List.of())));
    }

    static List<Violation> countsAttempts(History history) {
        List<Violation> violations = new ArrayList<>();
        Map<String, RunRow> rows = history.runsById();
        history.chains().forEach((run, chain) -> {
            int last = 0;
            for (Step step : chain) {
                int expected = step.isStart() ? last + 1 : last;
                if (step.attempt() != expected) {
                    violations.add(history.violation(
                            "I6", run, "counts attempt " + step.attempt() + " at version " + step.version()));
                    return;
                }
                last = expected;
            }
            RunRow row = rows.get(run);
            if (row != null && row.maxAttempts() != null && last > row.maxAttempts()) {
                violations.add(history.violation("I6", run, "had more attempts than " + row.maxAttempts()));
            }
        });
        return violations;
    }

    static List<Violation> neverOverlaps(History history) {
        List<Violation> violations = new ArrayList<>();
        history.executionsByRun().forEach((run, executions) -> {
            for (int i = 1; i < executions.size(); i++) {
                if (executions.get(i).from() < executions.get(i - 1).lastSeen()) {
                    violations.add(history.violation("I7", run, "was executed twice at once"));
                    return;
                }
            }
        });
        return violations;
    }

    static List<Violation> startsNothingEarly(History history) {
        List<Violation> violations = new ArrayList<>();
        Map<String, RunRow> rows = history.runsById();
        for (Execution execution : history.executions) {
            RunRow row = rows.get(execution.run());
            if (row != null && row.delayUntil() != null && execution.startedAt().isBefore(row.delayUntil())) {
                violations.add(history.violation("I14", row.run(), "started before " + row.delayUntil()));
            }
        }
        return violations;
    }

    static List<Violation> startsNothingCanceled(History history) {
        List<Violation> violations = new ArrayList<>();
        Map<String, List<Execution>> executions = history.executionsByRun();
        for (CancelCall call : history.cancels) {
            executions.getOrDefault(call.run(), List.of()).stream()
                    .filter(execution -> execution.from() > call.returnedAt())
                    .findFirst()
                    .ifPresent(
                            _ -> violations.add(history.violation("I17", call.run(), "began after it was canceled")));
        }
        history.chains().forEach((run, chain) -> {
            boolean canceled = false;
            for (Step step : chain) {
                if (canceled && step.isStart()) {
                    violations.add(history.violation("I17", run, "was given an attempt after it was canceled"));
                    return;
                }
                canceled |= CANCELED.contains(step.event());
            }
        });
        return violations;
    }

    static List<Violation> expiresOnlyUnstarted(History history) {
        Map<String, List<Execution>> executions = history.executionsByRun();
        Map<String, List<Step>> chains = history.chains();
        return history.runs.stream()
                .filter(row -> row.status().equals("EXPIRED"))
                .filter(row -> executions.containsKey(row.run())
                        || chains.getOrDefault(row.run(), List.of()).stream().anyMatch(Step::isStart))
                .map(row -> history.violation("I18", row.run(), "expired although it ran"))
                .toList();
    }

    static List<Violation> followsTheTable(History history) {
        List<Violation> violations = new ArrayList<>();
        Map<String, List<Step>> chains = history.chains();
        for (RunRow row : history.runs) {
            List<Step> chain = chains.getOrDefault(row.run(), List.of());
            if (chain.size() != row.version()) {
                violations.add(history.violation(
                        "I22", row.run(), "has %d steps for %d versions".formatted(chain.size(), row.version())));
            } else {
                firstIllegal(history, chain).ifPresent(violations::add);
            }
        }
        return violations;
    }

    private static Optional<Violation> firstIllegal(History history, List<Step> chain) {
        @Nullable String from = null;
        int version = 1;
        for (Step step : chain) {
            if (step.version() != version++) {
                return Optional.of(history.violation("I22", step.run(), "has a gap before version " + step.version()));
            }
            String move = History.move(from, step.event(), step.execution());
            if (!history.moves.isEmpty() && !history.moves.contains(move)) {
                return Optional.of(history.violation("I22", step.run(), "made the illegal move " + move));
            }
            from = step.execution();
        }
        return Optional.empty();
    }
}
