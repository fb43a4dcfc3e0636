package dev.runyard.sdk.client;

import dev.runyard.sdk.run.RunStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which runs to list, newest first. Immutable; every method returns a changed copy. Without a time the server lists the
 * last seven days.
 */
public final class RunQuery {
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

    private RunQuery with(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(parameters);
        changed.put(name, value);
        return new RunQuery(changed);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
