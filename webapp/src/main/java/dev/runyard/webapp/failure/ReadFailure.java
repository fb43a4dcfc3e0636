package dev.runyard.webapp.failure;

import dev.runyard.engine.event.DomainEvent;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Reads the failure that an event tells of. Runs that were canceled or that expired are no failures of code.
@Component
class ReadFailure {
    private static final Logger LOG = LoggerFactory.getLogger(ReadFailure.class);
    private static final Set<RunStatus> FAILURES = EnumSet.of(
            RunStatus.COMPLETED_WITH_ERRORS,
            RunStatus.SYSTEM_FAILURE,
            RunStatus.CRASHED,
            RunStatus.TIMED_OUT,
            RunStatus.INTERRUPTED);

    private final JsonMapper json;

    ReadFailure(JsonMapper json) {
        this.json = json;
    }

    Optional<Failure> of(DomainEvent event) {
        if (event.execution() != ExecutionStatus.FINISHED || !FAILURES.contains(event.status())) {
            return Optional.empty();
        }
        Said said = said(event);
        return Optional.of(new Failure(
                event.runId(),
                event.environmentId(),
                event.taskId(),
                event.status(),
                Fingerprint.of(event.taskId(), said.name(), said.message(), said.stackTrace()),
                said.name(),
                Fingerprint.firstLine(said.message()),
                event.at()));
    }

    private record Said(
            @Nullable String name, String message, @Nullable String stackTrace) {}

    private Said said(DomainEvent event) {
        return error(event)
                .map(error -> switch (error) {
                    case TaskRunError.BuiltIn(var name, var message, var stackTrace) ->
                        new Said(name, message, stackTrace);
                    case TaskRunError.Custom(var raw) -> new Said(null, raw, null);
                    case TaskRunError.Text text -> new Said(null, text.raw(), null);
                    case TaskRunError.Internal internal ->
                        new Said(internal.code().name(), internal.summary(), internal.stackTrace());
                })
                .orElseGet(() -> new Said(
                        event.status().name(),
                        "The run ended as " + event.status().apiName(),
                        null));
    }

    private Optional<TaskRunError> error(DomainEvent event) {
        try {
            return Optional.ofNullable(event.detail()).map(detail -> json.readValue(detail, TaskRunError.class));
        } catch (JacksonException e) {
            LOG.warn("the error of run {} cannot be read", event.runId(), e);
            return Optional.empty();
        }
    }
}
