package dev.runyard.sdk.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.sdk.Triggerable;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes and changes schedules. Thread-safe. */
public final class Schedules {
    private static final String PATH = "/api/v1/schedules";

    private final ApiCall call;

    Schedules(ApiCall call) {
        this.call = call;
    }

    /** Makes a schedule, or changes the one with the same deduplication key. */
    public Schedule create(NewSchedule schedule) {
        return schedule(call.post(PATH, schedule));
    }

    /** Reads a schedule by its id or its deduplication key. */
    public Schedule retrieve(String id) {
        return schedule(call.get(path(id)));
    }

    /** Reads all schedules, page by page as the stream is consumed. */
    public Stream<Schedule> stream() {
        return OffsetPages.of(call, PATH).map(Schedules::schedule);
    }

    /** Changes a schedule. */
    public Schedule update(String id, NewSchedule schedule) {
        return schedule(call.put(path(id), schedule));
    }

    /** Lets a schedule trigger runs again. */
    public Schedule activate(String id) {
        return schedule(call.post(path(id) + "/activate", null));
    }

    /** Keeps a schedule from triggering runs. */
    public Schedule deactivate(String id) {
        return schedule(call.post(path(id) + "/deactivate", null));
    }

    /** Removes a schedule. */
    public void delete(String id) {
        call.delete(path(id));
    }

    /** Lists the names of all time zones. */
    public List<String> timezones() {
        return RunJson.tags(call.get("/api/v1/timezones").path("timezones"));
    }

    private static String path(String id) {
        return PATH + "/" + Runs.encode(id);
    }

    private static Schedule schedule(JsonNode node) {
        JsonNode generator = node.path("generator");
        String next = RunJson.text(node, "nextRun");
        return new Schedule(
                RunJson.id(node),
                node.path("task").asString(""),
                node.path("type").asString("").equals("DECLARATIVE"),
                node.path("active").asBoolean(false),
                generator.path("expression").asString(""),
                generator.path("description").asString(""),
                node.path("timezone").asString("UTC"),
                RunJson.text(node, "externalId"),
                RunJson.text(node, "deduplicationKey"),
                next == null ? null : Instant.parse(next));
    }

    /**
     * A schedule to make.
     *
     * @param task id of a scheduled task
     * @param cron pattern of five fields
     * @param deduplicationKey a repeated call with the same key changes the same schedule
     * @param timezone the zone in which the pattern is meant
     * @param externalId what the task gets to know whom it is for
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record NewSchedule(
            String task,
            String cron,
            String deduplicationKey,
            @Nullable String timezone,
            @Nullable String externalId) {

        /** A schedule of a task, in UTC. */
        public static NewSchedule of(Triggerable<?, ?> task, String cron, String deduplicationKey) {
            return new NewSchedule(task.id(), cron, deduplicationKey, null, null);
        }

        /** The same in a time zone. */
        public NewSchedule in(ZoneId zone) {
            return new NewSchedule(task, cron, deduplicationKey, zone.getId(), externalId);
        }

        /** The same for somebody. */
        public NewSchedule forExternalId(String id) {
            return new NewSchedule(task, cron, deduplicationKey, timezone, id);
        }
    }

    /**
     * A schedule as it was when it was read.
     *
     * @param id the schedule, {@code sched_…}
     * @param task its task
     * @param declarative whether the task's code has it
     * @param active whether it triggers runs
     * @param cron its pattern
     * @param description the pattern in words
     * @param timezone the zone in which the pattern is meant
     * @param externalId whom it is for
     * @param deduplicationKey its key
     * @param nextRun when it triggers next
     */
    public record Schedule(
            String id,
            String task,
            boolean declarative,
            boolean active,
            String cron,
            String description,
            String timezone,
            @Nullable String externalId,
            @Nullable String deduplicationKey,
            @Nullable Instant nextRun) {}
}
