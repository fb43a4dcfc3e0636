package dev.runyard.testkit.history;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Checks a history against every rule that the system promises to keep, whatever breaks.
public final class HistoryCheck {
    /// Rules by their number; the texts say what holds.
    static final Map<String, Rule> RULES = new LinkedHashMap<>();

    static {
        add("I1", "every acknowledged run is there", EndRules::keepsAccepted);
        add("I2", "everything ends, or waits for what nobody did", EndRules::endsEverything);
        add("I3", "a run ends once and does not change after that", EndRules::endsOnce);
        add("I4", "the result is what the accepted attempt returned", AttemptRules::keepsAcceptedResult);
        add("I5", "nothing runs that nobody asked for", EndRules::inventsNothing);
        add("I6", "attempts count up by one and stay below their most", AttemptRules::countsAttempts);
        add("I7", "no two attempts of a run at once", AttemptRules::neverOverlaps);
        add("I8", "limits are ceilings", QueueRules::keepsLimits);
        add("I9", "no slot is held in the end", QueueRules::returnsSlots);
        add("I10", "one key makes one run", QueueRules::keepsKeysUnique);
        add("I11", "a queue of limit 1 keeps the order", QueueRules::keepsOrder);
        add("I12", "a tick makes one run", WaitRules::ticksOnce);
        add("I13", "who waits is woken once, and not before", WaitRules::wakes);
        add("I14", "nothing starts early", AttemptRules::startsNothingEarly);
        add("I15", "a parent sees the result of its child", WaitRules::passesResults);
        add("I16", "the books of a batch balance", WaitRules::balancesBatches);
        add("I17", "nothing starts after a cancellation", AttemptRules::startsNothingCanceled);
        add("I18", "what expired never ran", AttemptRules::expiresOnlyUnstarted);
        add("I21", "Redis holds what the database says", QueueRules::matchesRedis);
        add("I22", "versions have no gap and every move is legal", AttemptRules::followsTheTable);
        add("I24", "what succeeded was executed", AttemptRules::ranWhatSucceeded);
    }

    /// One rule.
    ///
    /// @param text what holds
    /// @param check finds where it does not
    record Rule(String text, Function<History, List<Violation>> check) {}

    private HistoryCheck() {}

    private static void add(String number, String text, Function<History, List<Violation>> check) {
        RULES.put(number, new Rule(text, check));
    }

    /// Finds everything that breaks a rule; empty where the history is as promised.
    public static List<Violation> check(History history) {
        return RULES.values().stream()
                .flatMap(rule -> rule.check().apply(history).stream())
                .toList();
    }

    /// Fails with the violations, where there are any.
    ///
    /// @throws AssertionError with the first of them and how many there are
    public static void requireNone(History history) {
        List<Violation> violations = check(history);
        if (!violations.isEmpty()) {
            throw new AssertionError(violations.size() + " violations:\n"
                    + violations.stream().limit(5).map(Violation::toString).collect(Collectors.joining("\n")));
        }
    }
}
