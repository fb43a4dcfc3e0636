package dev.runyard.engine.gate;

import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.engine.directory.Environments;
import dev.runyard.protocol.id.EnvironmentId;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Puts an operator's limit in the place of the declared one, which is kept and comes back with a reset.
final class OverrideLimit {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Environments environments;
    private final GateRepository gates;
    private final QueueViewRepository views;
    private final ChangeGates change;
    private final InstantSource clock;

    OverrideLimit(
            Environments environments,
            GateRepository gates,
            QueueViewRepository views,
            ChangeGates change,
            InstantSource clock) {
        this.environments = environments;
        this.gates = gates;
        this.views = views;
        this.change = change;
        this.clock = clock;
    }

    OverrideOutcome override(EnvironmentId environment, String queue, LimitOverride override, @Nullable String by) {
        QueueView.Overridden made = new QueueView.Overridden(clock.instant(), by);
        Optional<EnvironmentSettings> settings = environments.find(environment);
        if (settings.isEmpty()) {
            return new OverrideOutcome.Rejected("This environment does not exist any more.");
        }
        int most = settings.get().concurrencyLimit();
        switch (override) {
            case LimitOverride.Slots slots -> {
                if (slots.limit() < 0 || slots.limit() > most) {
                    return new OverrideOutcome.Rejected(
                            "The limit of a queue must be from 0 to the environment's limit of " + most + ", not "
                                    + slots.limit() + ".");
                }
                change.apply(
                        environment,
                        () -> gates.override(
                                environment, queue, new GateRepository.Replacement(slots.limit(), null, made)));
            }
            case LimitOverride.Percent share -> {
                if (share.percent().signum() <= 0 || share.percent().compareTo(HUNDRED) > 0) {
                    return new OverrideOutcome.Rejected(
                            "A share of the environment's limit must be above 0 and up to 100 percent, not "
                                    + share.percent() + ".");
                }
                change.apply(
                        environment,
                        () -> gates.override(
                                environment, queue, new GateRepository.Replacement(null, share.percent(), made)));
            }
        }
        return new OverrideOutcome.Changed(views.find(settings.get(), queue).orElseThrow());
    }
}
