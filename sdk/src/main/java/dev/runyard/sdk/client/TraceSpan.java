package dev.runyard.sdk.client;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a run's time was spent on: the run itself, an attempt, a wait, a span or line that its task wrote, or a run that
 * it triggered, with its parts.
 *
 * @param id the span, 16 hexadecimal digits
 * @param parentId what it is a part of; absent for the run that was asked for
 * @param runId whose it is
 * @param message what people read
 * @param level {@code TRACE} for what took time, else that of the line
 * @param startTime when it began
 * @param duration how long it took, up to now where it goes on
 * @param isError whether it failed
 * @param isPartial whether it goes on
 * @param isCanceled whether it was canceled
 * @param properties what its writer noted, as a JSON object
 * @param children its parts, in the order of their begin
 */
public record TraceSpan(
        String id,
        @Nullable String parentId,
        String runId,
        String message,
        String level,
        Instant startTime,
        Duration duration,
        boolean isError,
        boolean isPartial,
        boolean isCanceled,
        @Nullable String properties,
        List<TraceSpan> children) {

    public TraceSpan {
        children = List.copyOf(children);
    }

    static TraceSpan of(JsonNode node) {
        JsonNode data = node.path("data");
        JsonNode properties = data.path("properties");
        return new TraceSpan(
                RunJson.id(node),
                RunJson.text(node, "parentId"),
                node.path("runId").asString(""),
                data.path("message").asString(""),
                data.path("level").asString(""),
                RunJson.requireInstant(data, "startTime"),
                Duration.ofNanos(data.path("duration").asLong(0)),
                data.path("isError").asBoolean(false),
                data.path("isPartial").asBoolean(false),
                data.path("isCancelled").asBoolean(false),
                properties.isMissingNode() ? null : properties.toString(),
                node.path("children").valueStream().map(TraceSpan::of).toList());
    }
}
