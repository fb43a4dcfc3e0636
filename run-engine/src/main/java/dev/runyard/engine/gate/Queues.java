package dev.runyard.engine.gate;

import dev.runyard.engine.directory.Environments;
import dev.runyard.engine.explain.ExplainRun;
import dev.runyard.engine.explain.Explanation;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The operations on queues as callers of the engine see them. Each change is committed when the call returns and holds
/// from the next claim on; runs that have started go on.
public final class Queues {
    private final Environments environments;
    private final GateRepository gates;
    private final QueueViewRepository views;
    private final ChangeGates change;
    private final OverrideLimit override;
    private final ExplainRun explain;
    private final InstantSource clock;

    /// What the operations need.
    record Collaborators(
            Environments environments,
            GateRepository gates,
            QueueViewRepository views,
            ChangeGates change,
            OverrideLimit override,
            ExplainRun explain) {}

    Queues(Collaborators with, InstantSource clock) {
        this.environments = with.environments();
        this.gates = with.gates();
        this.views = with.views();
        this.change = with.change();
        this.override = with.override();
        this.explain = with.explain();
        this.clock = clock;
    }

    /// Lets nothing of a queue start.
    public void pause(EnvironmentId environment, String queue) {
        change.apply(environment, () -> gates.pause(environment, queue, true));
    }

    /// Ends a pause of a queue.
    public void resume(EnvironmentId environment, String queue) {
        change.apply(environment, () -> gates.pause(environment, queue, false));
    }

    /// Lets nothing of an environment start, whatever the control plane says.
    public void pauseEnvironment(EnvironmentId environment) {
        change.apply(environment, () -> gates.pause(environment, clock.instant()));
    }

    /// Ends a pause that was made here; one that the control plane made stays.
    public void resumeEnvironment(EnvironmentId environment) {
        change.apply(environment, () -> gates.resume(environment));
    }

    /// Returns since when a pause that was made here holds.
    public Optional<Instant> pausedSince(EnvironmentId environment) {
        return gates.findPause(environment);
    }

    /// Replaces the declared limit of a queue.
    public OverrideOutcome override(EnvironmentId environment, String queue, LimitOverride limit) {
        return override(environment, queue, limit, null);
    }

    /// Replaces the declared limit of a queue.
    ///
    /// @param by who wants it, as people know them; absent for a key
    public OverrideOutcome override(EnvironmentId environment, String queue, LimitOverride limit, @Nullable String by) {
        return override.override(environment, queue, limit, by);
    }

    /// Puts the declared limit of a queue back in force.
    public void resetOverride(EnvironmentId environment, String queue) {
        change.apply(environment, () -> gates.override(environment, queue, GateRepository.Replacement.NONE));
    }

    /// Limits all concurrency keys of a queue together.
    ///
    /// @param limit 0 or more, absent for no such limit
    public void limitCombined(EnvironmentId environment, String queue, @Nullable Integer limit) {
        change.apply(environment, () -> gates.limitCombined(environment, queue, limit));
    }

    /// Lists queues that have settings or runs, by name.
    ///
    /// @param number of the page, from 1
    /// @param size queues on a page
    public QueuePage page(EnvironmentId environment, int number, int size) {
        List<String> names = names(environment);
        long first = (number - 1L) * size;
        if (first >= names.size()) {
            return new QueuePage(List.of(), names.size());
        }
        List<String> shown = names.stream().skip(first).limit(size).toList();
        return new QueuePage(count(environment, shown), names.size());
    }

    private List<QueueView> count(EnvironmentId environment, List<String> names) {
        return environments
                .find(environment)
                .map(settings -> views.count(settings, names))
                .orElse(List.of());
    }

    /// Names all queues that have settings or runs, in their order.
    public List<String> names(EnvironmentId environment) {
        return views.names(environment);
    }

    /// Finds a queue that has settings or runs.
    public Optional<QueueView> find(EnvironmentId environment, String queue) {
        return environments.find(environment).flatMap(settings -> views.find(settings, queue));
    }

    /// Lists the concurrency keys of a queue that have runs, the longest waiting first.
    public List<QueueView.Key> keys(EnvironmentId environment, String queue, int size) {
        return views.keys(environment, queue, size);
    }

    /// Says what holds a run; empty where it does not exist.
    public Optional<Explanation> explain(RunId run) {
        return explain.explain(run);
    }
}
