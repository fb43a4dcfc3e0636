package dev.runyard.examples.patterns;

import dev.runyard.sdk.Cron;
import dev.runyard.sdk.ScheduledRun;
import dev.runyard.sdk.Task;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tasks that run by the clock. */
public final class Scheduled {
    /** Runs every day at nine, UTC. */
    public static final Task<ScheduledRun, Report> DAILY_REPORT = Task.scheduled("daily-report")
            .cron("0 9 * * *")
            .output(Report.class)
            .run((tick, context) -> {
                context.logger().info("Due at " + tick.timestamp(), Map.of("next", tick.upcoming()));
                return new Report(tick.timestamp());
            });

    /** Runs at five in Tokyo, in two environments only. */
    public static final Task<ScheduledRun, @Nullable Void> TOKYO = Task.scheduled("tokyo-5am")
            .cron(Cron.of("0 5 * * *").in("Asia/Tokyo").only("PRODUCTION", "STAGING"))
            .runWithoutOutput((tick, context) -> context.logger().info("Good morning"));

    /** Runs by schedules that somebody makes, one for each user. */
    public static final Task<ScheduledRun, String> REMINDER = Task.scheduled("todo-reminder")
            .output(String.class)
            .run((tick, context) -> {
                if (tick.externalId() == null) {
                    throw new IllegalArgumentException("a reminder needs the user as its external id");
                }
                return "reminded " + tick.externalId();
            });

    private Scheduled() {}

    /** @param date for which time */
    public record Report(Instant date) {}
}
