package dev.runyard.engine.trigger;

import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import java.util.function.UnaryOperator;

/// A request to trigger a run again.
///
/// @param environmentId where the run is
/// @param run which run
/// @param source who asks: `api`, `dashboard`, `bulk`
/// @param target where the new run goes. The caller answers for it being of the same project: the engine knows
///     environments only one by one.
/// @param changes what shall be different: another payload, version, machine, whatever a trigger can say
public record ReplayCommand(
        EnvironmentId environmentId,
        RunId run,
        String source,
        EnvironmentId target,
        UnaryOperator<TriggerCommandBuilder> changes) {

    /// The same run again, in its own environment.
    public static ReplayCommand of(EnvironmentId environmentId, RunId run, String source) {
        return new ReplayCommand(environmentId, run, source, environmentId, UnaryOperator.identity());
    }

    /// The same in another environment.
    public ReplayCommand into(EnvironmentId newTarget) {
        return new ReplayCommand(environmentId, run, source, newTarget, changes);
    }

    /// The same with changes, after those that were asked for already.
    public ReplayCommand changing(UnaryOperator<TriggerCommandBuilder> more) {
        return new ReplayCommand(environmentId, run, source, target, command -> more.apply(changes.apply(command)));
    }
}
