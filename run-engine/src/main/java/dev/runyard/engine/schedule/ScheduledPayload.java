package dev.runyard.engine.schedule;

import dev.runyard.protocol.json.Timestamps;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a scheduled run is given, in the form in which the official client turns texts back into dates.
///
/// @param schedule whose tick
/// @param nominal the cron's time of the tick
/// @param last the cron's time of the run before; absent for the first
/// @param upcoming the ticks after this one
record ScheduledPayload(
        Schedule schedule, Instant nominal, @Nullable Instant last, List<Instant> upcoming) {
    /// The media type: JSON beside a description of the values that JSON has no form for.
    static final String TYPE = "application/super+json";

    private static final List<String> DATE = List.of("Date");

    /// Returns the value to write as JSON.
    Map<String, Object> toJson() {
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, Object> dates = new LinkedHashMap<>();
        values.put("scheduleId", schedule.id().toString());
        values.put("type", schedule.type().name());
        values.put("timestamp", Timestamps.format(nominal));
        dates.put("timestamp", DATE);
        if (last != null) {
            values.put("lastTimestamp", Timestamps.format(last));
            dates.put("lastTimestamp", DATE);
        }
        if (schedule.externalId() != null) {
            values.put("externalId", schedule.externalId());
        }
        values.put("timezone", schedule.timeZone());
        values.put("upcoming", upcoming.stream().map(Timestamps::format).toList());
        for (int i = 0; i < upcoming.size(); i++) {
            dates.put("upcoming." + i, DATE);
        }
        return Map.of("json", values, "meta", Map.of("values", dates));
    }
}
