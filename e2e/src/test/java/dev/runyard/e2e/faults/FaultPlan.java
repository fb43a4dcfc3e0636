package dev.runyard.e2e.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// The faults of a run of the suite, drawn before it begins: the same seed draws the same.
///
/// @param faults in their order
record FaultPlan(List<Fault> faults) {
    /// How often each kind comes, in turn.
    private static final List<Fault.Kind> DECK = List.of(
            Fault.Kind.REDIS_FLUSHED,
            Fault.Kind.WEBAPP_KILLED,
            Fault.Kind.SUPERVISOR_KILLED,
            Fault.Kind.REDIS_KILLED,
            Fault.Kind.WEBAPP_FROZEN,
            Fault.Kind.POSTGRES_SESSIONS_CUT,
            Fault.Kind.SUPERVISOR_FROZEN,
            Fault.Kind.POSTGRES_CRASHED,
            Fault.Kind.REDIS_FLUSHED);

    FaultPlan {
        faults = List.copyOf(faults);
    }

    /// Draws as many faults as may be wanted; every kind comes before any comes again.
    static FaultPlan draw(long seed, int most) {
        Random random = new Random(seed);
        List<Fault> faults = new ArrayList<>();
        List<Fault.Kind> deck = new ArrayList<>();
        while (faults.size() < most) {
            if (deck.isEmpty()) {
                deck.addAll(DECK);
            }
            faults.add(new Fault(
                    deck.remove(random.nextInt(deck.size())),
                    random.nextInt(2),
                    Duration.ofMillis(500 + random.nextInt(4_500)),
                    Duration.ofMillis(1_000 + random.nextInt(3_000))));
        }
        return new FaultPlan(faults);
    }
}
