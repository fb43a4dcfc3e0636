package dev.runyard.webapp.api.trigger;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.read.RunView;
import dev.runyard.engine.trigger.TriggerCommandBuilder;
import dev.runyard.engine.waitpoint.WaitingParent;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.JsonMembers;
import dev.runyard.webapp.api.shared.RunIds;
import dev.runyard.webapp.auth.ApiCaller;
import dev.runyard.webapp.auth.Resource;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Reads which run triggers another, and whether it waits for it.
@Component
class ReadParent {
    private final RunEngine engine;

    ReadParent(RunEngine engine) {
        this.engine = engine;
    }

    /// @param caller who triggers it
    /// @param taskId the child's task
    record Child(ApiCaller caller, String taskId) {
        EnvironmentId environment() {
            return caller.environmentId();
        }
    }

    void into(TriggerCommandBuilder command, JsonMembers options, Child child) {
        Optional<RunId> parent = options.text("parentRunId").map(text -> parent(text, child));
        parent.ifPresent(command::parent);
        if (options.flag("resumeParentOnCompletion").orElse(false)) {
            command.parentWait(WaitingParent.of(parent.orElseThrow(() ->
                    options.invalid("resumeParentOnCompletion", "needs options.parentRunId, the run that waits"))));
        }
    }

    /// A public token must not make a run wait, or put another one below it, without the right to change it.
    private RunId parent(String text, Child child) {
        child.caller().require("write", Resource.of("runs", text));
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
