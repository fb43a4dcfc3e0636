package dev.runyard.webapp.api.trigger;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.read.RunView;
import dev.runyard.engine.trigger.TriggerCommandBuilder;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.RunIds;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Reads which run triggers another.
@Component
class ReadParent {
    private final RunEngine engine;

    ReadParent(RunEngine engine) {
        this.engine = engine;
    }

    /// @param environment where the child belongs
    /// @param taskId the child's task
    record Child(EnvironmentId environment, String taskId) {}

    void into(TriggerCommandBuilder command, Options options, Child child) {
        options.text("parentRunId").ifPresent(text -> command.parent(parent(text, child)));
    }

    private RunId parent(String text, Child child) {
        Optional<RunView> parent =
                RunIds.parse(text).flatMap(id -> engine.queries().find(child.environment(), id));
        if (parent.isEmpty()) {
            throw ApiException.unprocessable("Cannot trigger " + child.taskId() + " as its parent run '" + text
                    + "' does not exist in this environment");
        }
        if (parent.get().status().isFinal()) {
            throw ApiException.unprocessable("Cannot trigger " + child.taskId() + " as the parent run has a status of "
                    + parent.get().status());
        }
        return parent.get().id();
    }
}
