package dev.runyard.engine.schedule;

import dev.runyard.protocol.id.ScheduleId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Reads schedules with their instances.
final class ScheduleQueries {
    private static final String ID_PREFIX = "sched_";

    private final ScheduleRepository schedules;
    private final InstanceRepository instances;

    ScheduleQueries(ScheduleRepository schedules, InstanceRepository instances) {
        this.schedules = schedules;
        this.instances = instances;
    }

    /// Finds a schedule by its id or by its deduplication key.
    Optional<Schedule> find(UUID scope, String idOrKey) {
        if (!idOrKey.startsWith(ID_PREFIX)) {
            return schedules.findByKey(scope, idOrKey);
        }
        try {
            return schedules.find(scope, ScheduleId.parse(idOrKey));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    ScheduleView view(Schedule schedule) {
        return new ScheduleView(schedule, instances.findAll(schedule.id()));
    }

    SchedulePage page(UUID scope, ScheduleFilter filter) {
        ScheduleRepository.Page page = schedules.findPage(scope, filter);
        Map<ScheduleId, List<ScheduleInstance>> found =
                instances.findAll(page.schedules().stream().map(Schedule::id).toList());
        return new SchedulePage(
                page.schedules().stream()
                        .map(schedule -> new ScheduleView(schedule, found.getOrDefault(schedule.id(), List.of())))
                        .toList(),
                page.count());
    }
}
