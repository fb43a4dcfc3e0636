package dev.runyard.engine.schedule;

import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Checks what a caller says about when a schedule triggers. What is wrong is said in a sentence for its author.
final class CheckRule {
    private static final String UTC = "UTC";

    private final ScheduleConfig config;

    CheckRule(ScheduleConfig config) {
        this.config = config;
    }

    /// What became of it.
    sealed interface Checked {
        /// @param timeZone the zone, which may have been absent
        record Valid(String timeZone, @Nullable ScheduleWindow window) implements Checked {}

        record Invalid(String sentence) implements Checked {}
    }

    /// Checks a rule.
    Checked check(String cron, @Nullable String timeZone, @Nullable String window, CatchUp catchUp) {
        try {
            CronExpression.parse(cron);
        } catch (CronSyntaxException e) {
            return new Checked.Invalid("Invalid cron expression: " + e.getMessage());
        }
        String zone = timeZone == null ? UTC : timeZone;
        if (!ZoneId.getAvailableZoneIds().contains(zone)) {
            return new Checked.Invalid("Invalid IANA timezone: '" + zone + "'.");
        }
        Integer limit = catchUp.limit();
        if (limit != null && limit > config.maxCatchUpLimit()) {
            return new Checked.Invalid("A schedule makes up for at most " + config.maxCatchUpLimit()
                    + " missed ticks, and not for " + limit + ".");
        }
        try {
            return new Checked.Valid(zone, window == null ? null : ScheduleWindow.parse(window));
        } catch (IllegalArgumentException e) {
            return new Checked.Invalid(Objects.requireNonNull(e.getMessage()));
        }
    }
}
