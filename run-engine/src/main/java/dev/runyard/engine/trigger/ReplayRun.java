package dev.runyard.engine.trigger;

import dev.runyard.engine.read.RunDetail;
import dev.runyard.engine.read.RunQueries;
import dev.runyard.engine.read.RunView;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import java.util.Optional;

/// Triggers a run again: same task, payload, metadata, tags, queue and machine; not its key, delay, ttl, version or
/// parent.
public final class ReplayRun {
    private final RunQueries queries;
    private final TriggerRun trigger;

    public ReplayRun(RunQueries queries, TriggerRun trigger) {
        this.queries = queries;
        this.trigger = trigger;
    }

    public Optional<TriggerOutcome> replay(EnvironmentId environment, RunId run, String source) {
        return queries.detail(environment, run).map(detail -> trigger.trigger(commandOf(detail, source)));
    }

    private static TriggerCommand commandOf(RunDetail detail, String source) {
        RunView view = detail.view();
        return TriggerCommand.of(view.environmentId(), view.taskId())
                .payload(detail.payload())
                .payloadType(detail.payloadType())
                .queue(view.queue())
                .concurrencyKey(view.concurrencyKey())
                .machine(view.machine())
                .metadata(view.metadata())
                .tags(view.tags())
                .priorityMs(detail.priorityMs())
                .isTest(view.isTest())
                .replayOf(view.id())
                .source(source)
                .build();
    }
}
