package dev.runyard.webapp.api.trigger;

import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.trigger.TriggerCommandBuilder;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.JsonMembers;
import dev.runyard.webapp.api.shared.StorableText;
import dev.runyard.webapp.auth.ApiCaller;
import dev.runyard.webapp.config.LimitsProperties;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Reads a run that somebody wants: the whole body of a trigger request, or one item of a batch.
///
/// The member `context` of old clients is accepted and not kept; nothing could read it.
@Component
public class ReadRun {
    private static final Pattern TRACE_PARENT = Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final List<String> SOURCES = List.of("sdk", "cli", "mcp");

    private final LimitsProperties limits;
    private final ReadPayload readPayload;
    private final ReadScheduling readScheduling;
    private final ReadDescription readDescription;
    private final ReadParent readParent;

    ReadRun(
            LimitsProperties limits,
            ReadPayload readPayload,
            ReadScheduling readScheduling,
            ReadDescription readDescription,
            ReadParent readParent) {
        this.limits = limits;
        this.readPayload = readPayload;
        this.readScheduling = readScheduling;
        this.readDescription = readDescription;
        this.readParent = readParent;
    }

    /// Where a run comes from.
    ///
    /// @param caller who wants it
    /// @param source `sdk`, `cli`, `mcp` or `api`
    /// @param traceParent W3C trace context of the caller
    /// @param key idempotency key of the request's headers
    public record Origin(
            ApiCaller caller, String source, @Nullable String traceParent, KeyHeaders key) {
        /// The origin of the only run of a request.
        static Origin of(ApiCaller caller, HttpServletRequest request) {
            return ofItems(caller, request).with(KeyHeaders.of(request));
        }

        /// The origin of each of many runs: a key in the headers is about all of them together.
        public static Origin ofItems(ApiCaller caller, HttpServletRequest request) {
            String source = request.getHeader("x-trigger-source");
            String trace = request.getHeader("traceparent");
            return new Origin(
                    caller,
                    source != null && SOURCES.contains(source) ? source : "api",
                    trace != null && TRACE_PARENT.matcher(trace).matches() ? trace : null,
                    KeyHeaders.NONE);
        }

        private Origin with(KeyHeaders headers) {
            return new Origin(caller, source, traceParent, headers);
        }
    }

    /// Reads a run.
    ///
    /// @param body has the members `payload` and `options`
    /// @throws ApiException where something is wrong
    public TriggerCommandBuilder read(Origin origin, String taskId, JsonMembers body) {
        checkTaskId(taskId);
        JsonMembers options = body.object("options");
        UnsupportedOptions.refuse(options, origin.caller());
        TriggerCommandBuilder command = TriggerCommand.of(origin.caller().environmentId(), taskId);
        readPayload.into(
                command,
                body.get("payload").orElse(null),
                options,
                origin.caller().environmentId());
        readScheduling.into(command, options, origin.key());
        readDescription.into(command, options);
        readParent.into(command, options, new ReadParent.Child(origin.caller(), taskId));
        return command.traceParent(origin.traceParent()).source(origin.source());
    }

    private void checkTaskId(String taskId) {
        if (taskId.isBlank() || taskId.length() > limits.nameLength()) {
            throw ApiException.params(
                    "taskId",
                    "The task id must have 1 to " + limits.nameLength() + " characters, not all of them blank.");
        }
        StorableText.check("taskId", taskId);
    }
}
