package dev.runyard.sdk.client;

import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.trigger.Durations;
import dev.runyard.sdk.client.Queues.QueueName;
import dev.runyard.sdk.run.RunStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which runs to list, newest first. Immutable; every method returns a changed copy. Without a time the server lists the
 * last seven days.
 */
public final class RunQuery {
    private static final String TASK_QUEUE = "task/";
    private static final RunQuery ALL = new RunQuery(Map.of());

    private final Map<String, String> parameters;

    private RunQuery(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    /** All runs of the key's environment. */
    public static RunQuery all() {
        return ALL;
    }

    /** Only runs in one of these statuses. */
    public RunQuery status(RunStatus... statuses) {
        return with("filter[status]", Arrays.stream(statuses).map(Enum::name).collect(Collectors.joining(",")));
    }

    /** Only runs of one of these tasks. */
    public RunQuery tasks(String... ids) {
        return with("filter[taskIdentifier]", String.join(",", ids));
    }

    /** Only runs with any of these tags. */
    public RunQuery tags(String... tags) {
        return with("filter[tag]", String.join(",", tags));
    }

    /** Only runs of these versions of the code. */
    public RunQuery versions(String... versions) {
        return with("filter[version]", String.join(",", versions));
    }

    /** Only runs in one of these queues. */
    public RunQuery queues(QueueName... queues) {
        return with("filter[queue]", Arrays.stream(queues).map(RunQuery::named).collect(Collectors.joining(",")));
    }

    private static String named(QueueName queue) {
        return switch (queue.type()) {
            case "task" -> TASK_QUEUE + queue.name();
            case "custom" -> queue.name();
            default -> throw new IllegalArgumentException("runs are listed by the name of a queue, not by its id");
        };
    }

    /** Only runs on one of these sizes of machine. */
    public RunQuery machines(MachinePreset... machines) {
        return with(
                "filter[machine]",
                Arrays.stream(machines).map(MachinePreset::toString).collect(Collectors.joining(",")));
    }

    /** Only runs of a batch, {@code batch_…}. */
    public RunQuery batch(String id) {
        return with("filter[batch]", id);
    }

    /** Only runs of a schedule, {@code sched_…}. */
    public RunQuery schedule(String id) {
        return with("filter[schedule]", id);
    }

    /** Only runs that a bulk action, {@code bulk_…}, canceled, replayed or made. */
    public RunQuery bulkAction(String id) {
        return with("filter[bulkAction]", id);
    }

    /** Only runs that failed in one way, {@code error_…}. */
    public RunQuery error(String id) {
        return with("filter[error]", id);
    }

    /** Only runs that were triggered within this time. */
    public RunQuery within(Duration period) {
        return with("filter[createdAt][period]", Durations.format(period));
    }

    /** Only runs that were triggered at that moment or later. */
    public RunQuery from(Instant moment) {
        return with("filter[createdAt][from]", Long.toString(moment.toEpochMilli()));
    }

    /** Only runs that were triggered before that moment. */
    public RunQuery to(Instant moment) {
        return with("filter[createdAt][to]", Long.toString(moment.toEpochMilli()));
    }

    /** Only test runs, or only others. */
    public RunQuery tests(boolean only) {
        return with("filter[isTest]", Boolean.toString(only));
    }

    /** How many runs a page has, 1 to 100. */
    public RunQuery pageSize(int size) {
        return with("page[size]", Integer.toString(size));
    }

    /** The page behind a cursor. */
    public RunQuery after(String cursor) {
        return with("page[after]", cursor);
    }

    String toQueryString() {
        return parameters.isEmpty()
                ? ""
                : parameters.entrySet().stream()
                        .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    /** The same as the body of a bulk action has it; what is about pages is left out. */
    Map<String, Object> toFilter() {
        Map<String, Object> filter = new LinkedHashMap<>();
        parameters.forEach((name, value) -> {
            switch (name) {
                case "filter[createdAt][period]" -> filter.put("period", value);
                case "filter[createdAt][from]" -> filter.put("from", instant(value));
                case "filter[createdAt][to]" -> filter.put("to", instant(value));
                case "filter[isTest]" -> filter.put("isTest", Boolean.valueOf(value));
                case "filter[queue]" ->
                    filter.put("queue", each(value).map(RunQuery::queue).toList());
                case "filter[batch]", "filter[schedule]", "filter[bulkAction]", "filter[error]" ->
                    filter.put(inner(name), value);
                case "page[size]", "page[after]" -> {}
                default -> filter.put(inner(name), each(value).toList());
            }
        });
        return filter;
    }

    private static String inner(String name) {
        return name.substring(name.indexOf('[') + 1, name.length() - 1);
    }

    private static Stream<String> each(String joined) {
        return Arrays.stream(joined.split(",", -1));
    }

    private static String instant(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis)).toString();
    }

    private static QueueName queue(String name) {
        return name.startsWith(TASK_QUEUE)
                ? new QueueName(name.substring(TASK_QUEUE.length()), "task")
                : QueueName.shared(name);
    }

    private RunQuery with(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(parameters);
        changed.put(name, value);
        return new RunQuery(changed);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
