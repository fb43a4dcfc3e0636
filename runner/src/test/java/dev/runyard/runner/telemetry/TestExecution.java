package dev.runyard.runner.telemetry;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.worker.MachineSize;
import dev.runyard.protocol.worker.TaskRunExecution;
import java.time.Instant;
import java.util.List;

/** The attempt to which lines and spans of tests belong. */
final class TestExecution {
    private static final Instant NOW = Instant.parse("2026-08-01T10:00:00Z");

    private TestExecution() {}

    static TaskRunExecution first() {
        RunId run = RunId.parse("run_00000000000000000000000000");
        return new TaskRunExecution(
                new TaskRunExecution.Attempt(1, NOW),
                new TaskRunExecution.Run(
                        run,
                        "",
                        "application/json",
                        List.of(),
                        false,
                        false,
                        NOW,
                        NOW,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null),
                new TaskRunExecution.Task("task", ""),
                new TaskRunExecution.Named("queue", "task/task"),
                new TaskRunExecution.Environment("environment", "prod", "PRODUCTION"),
                new TaskRunExecution.Organization("organization", "acme", "Acme"),
                new TaskRunExecution.Project("project", "proj_x", "shop", "Shop"),
                MachineSize.of(MachinePreset.MICRO),
                null);
    }
}
