package dev.runyard.engine.schedule;

import dev.runyard.engine.store.Transactions;
import dev.runyard.protocol.id.ScheduleId;

/// Deletes a schedule with its instances and timers. Its runs, and what was decided about its ticks, stay.
final class DeleteSchedule {
    private final ScheduleRepository schedules;
    private final InstanceRepository instances;
    private final Transactions transactions;

    DeleteSchedule(ScheduleRepository schedules, InstanceRepository instances, Transactions transactions) {
        this.schedules = schedules;
        this.instances = instances;
        this.transactions = transactions;
    }

    /// @return whether it was there
    boolean delete(ScheduleId schedule) {
        return transactions.execute(() -> {
            instances.delete(instances.findAll(schedule).stream()
                    .map(ScheduleInstance::id)
                    .toList());
            return schedules.delete(schedule);
        });
    }
}
