package dev.runyard.engine.schedule;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A schedule with its instances.
///
/// @param schedule the schedule
/// @param instances one an environment
public record ScheduleView(Schedule schedule, List<ScheduleInstance> instances) {
    public ScheduleView {
        instances = List.copyOf(instances);
    }

    /// Returns the instance whose tick is next; empty while the schedule is inactive.
    public Optional<ScheduleInstance> next() {
        return instances.stream()
                .filter(instance -> instance.nextDueAt() != null)
                .min((a, b) -> Objects.requireNonNull(a.nextDueAt()).compareTo(Objects.requireNonNull(b.nextDueAt())));
    }
}
