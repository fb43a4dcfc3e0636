package dev.runyard.engine.schedule;

import dev.runyard.engine.store.Transactions;
import dev.runyard.protocol.id.EnvironmentId;

/// Ends the schedules of an environment; those that trigger in others too go on there.
final class RemoveEnvironment {
    private final ScheduleRepository schedules;
    private final InstanceRepository instances;
    private final Transactions transactions;

    RemoveEnvironment(ScheduleRepository schedules, InstanceRepository instances, Transactions transactions) {
        this.schedules = schedules;
        this.instances = instances;
        this.transactions = transactions;
    }

    void remove(EnvironmentId environment) {
        transactions.execute(() -> {
            instances.delete(instances.findIds(environment));
            return schedules.deleteAbandoned();
        });
    }
}
