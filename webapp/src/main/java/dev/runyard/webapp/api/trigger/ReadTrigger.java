package dev.runyard.webapp.api.trigger;

import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.trigger.TriggerCommandBuilder;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.BodyText;
import dev.runyard.webapp.api.shared.JsonText;
import dev.runyard.webapp.api.shared.JsonText.Member;
import dev.runyard.webapp.api.shared.StorableText;
import dev.runyard.webapp.auth.ApiCaller;
import dev.runyard.webapp.config.LimitsProperties;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/// Reads a trigger request.
///
/// The member `context` of old clients is accepted and not kept; nothing could read it.
@Component
class ReadTrigger {
    private static final Pattern TRACE_PARENT = Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final List<String> SOURCES = List.of("sdk", "cli", "mcp");
    private static final int MAX_REQUEST_KEY = 512;

    private final JsonText json;
    private final LimitsProperties limits;
    private final ReadPayload readPayload;
    private final ReadScheduling readScheduling;
    private final ReadDescription readDescription;
    private final ReadParent readParent;

    ReadTrigger(
            JsonText json,
            LimitsProperties limits,
            ReadPayload readPayload,
            ReadScheduling readScheduling,
            ReadDescription readDescription,
            ReadParent readParent) {
        this.json = json;
        this.limits = limits;
        this.readPayload = readPayload;
        this.readScheduling = readScheduling;
        this.readDescription = readDescription;
        this.readParent = readParent;
    }

    TriggerCommand read(ApiCaller caller, String taskId, HttpServletRequest request) throws IOException {
        checkTaskId(taskId);
        String body = BodyText.read(request, limits.payloadBytes());
        if (body.isBlank()) {
            throw ApiException.of(HttpStatus.BAD_REQUEST, "Request body is empty");
        }
        Map<String, Member> members =
                json.members(body).orElseThrow(() -> ApiException.of(HttpStatus.BAD_REQUEST, "Invalid JSON"));
        Options options = Options.of("options", Optional.ofNullable(members.get("options")), json);
        UnsupportedOptions.refuse(options, caller);
        TriggerCommandBuilder command = TriggerCommand.of(caller.environmentId(), taskId);
        readPayload.into(command, members.get("payload"), options, caller.environmentId());
        readScheduling.into(command, options, request);
        readDescription.into(command, options);
        readParent.into(command, options, new ReadParent.Child(caller.environmentId(), taskId));
        return command.requestKey(requestKey(taskId, request.getHeader("x-trigger-request-idempotency-key")))
                .traceParent(traceParent(request.getHeader("traceparent")))
                .source(source(request.getHeader("x-trigger-source")))
                .build();
    }

    private void checkTaskId(String taskId) {
        if (taskId.isBlank() || taskId.length() > limits.nameLength()) {
            throw ApiException.params(
                    "taskId",
                    "The task id must have 1 to " + limits.nameLength() + " characters, not all of them blank.");
        }
        StorableText.check("taskId", taskId);
    }

    /// The client makes a new key for every call, so that the tries of one call give one run. A task id in front keeps
    /// a
    /// client that repeats keys from mixing up its tasks.
    private static @Nullable String requestKey(String taskId, @Nullable String header) {
        return header == null || header.isBlank() || header.length() > MAX_REQUEST_KEY ? null : taskId + "\n" + header;
    }

    private static @Nullable String traceParent(@Nullable String header) {
        return header != null && TRACE_PARENT.matcher(header).matches() ? header : null;
    }

    private static String source(@Nullable String header) {
        return header != null && SOURCES.contains(header) ? header : "api";
    }
}
