package dev.runyard.webapp.dashboard.page;

import dev.runyard.engine.schedule.CronSchedule;
import dev.runyard.engine.schedule.CronSyntaxException;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.shared.CronText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What a rule means, before somebody saves it.
@RestController
@Permit(to = Credential.SESSION)
class ScheduleTimesController {
    private static final int MOST = 10;

    private final InstantSource clock;

    ScheduleTimesController(InstantSource clock) {
        this.clock = clock;
    }

    /// @param description the rule in words
    /// @param next its next times
    record Times(String description, List<Instant> next) {}

    @GetMapping("/api/dashboard/v1/schedule-times")
    Times times(@RequestParam String cron, @RequestParam(defaultValue = "UTC") String timezone) {
        try {
            CronSchedule schedule = CronSchedule.of(cron, timezone);
            return new Times(CronText.of(cron).description(), schedule.next(clock.instant(), MOST));
        } catch (CronSyntaxException e) {
            throw new IllegalArgumentException("The rule cannot be read: " + e.getMessage(), e);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("There is no time zone \"" + timezone + "\".", e);
        }
    }
}
