package dev.runyard.engine.trigger;

import dev.runyard.engine.queue.QueueLimitRepository;
import dev.runyard.engine.read.RunDetail;
import dev.runyard.engine.read.RunQueries;
import dev.runyard.engine.read.RunView;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Triggers a run again: same task, payload, metadata, tags, queue, concurrency key, machine and test mark, on the
/// newest version; not its idempotency key, delay, ttl or parent. What the command changes wins.
public final class ReplayRun {
    private final RunQueries queries;
    private final QueueLimitRepository queues;
    private final TriggerRun trigger;

    public ReplayRun(RunQueries queries, QueueLimitRepository queues, TriggerRun trigger) {
        this.queries = queries;
        this.queues = queues;
        this.trigger = trigger;
    }

    /// Replays; empty where the run is unknown.
    public Optional<TriggerOutcome> replay(ReplayCommand command) {
        return queries.detail(command.environmentId(), command.run())
                .map(detail -> trigger.trigger(
                        command.changes().apply(again(detail, command)).build()));
    }

    private TriggerCommandBuilder again(RunDetail detail, ReplayCommand command) {
        RunView view = detail.view();
        return TriggerCommand.of(command.target(), view.taskId())
                .payload(detail.payload())
                .payloadType(detail.payloadType())
                .queue(queue(view, command))
                .concurrencyKey(view.concurrencyKey())
                .machine(view.machine())
                .metadata(detail.seedMetadata())
                .tags(view.tags())
                .priorityMs(detail.priorityMs())
                .isTest(view.isTest())
                .replayOf(view.id())
                .source(command.source())
                .action("replay");
    }

    /// A queue that is gone had limits that are gone with it: the task's own queue takes the run.
    private @Nullable String queue(RunView view, ReplayCommand command) {
        return queues.exists(command.target(), view.queue()) ? view.queue() : null;
    }
}
