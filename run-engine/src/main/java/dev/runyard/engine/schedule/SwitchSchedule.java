package dev.runyard.engine.schedule;

import dev.runyard.protocol.id.EnvironmentId;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// Switches a schedule on or off. What lies between the two did not happen: nothing is made up for.
final class SwitchSchedule {
    private final CreateSchedule.Stores stores;
    private final SettleTicks settle;
    private final InstantSource clock;

    SwitchSchedule(CreateSchedule.Stores stores, SettleTicks settle, InstantSource clock) {
        this.stores = stores;
        this.settle = settle;
        this.clock = clock;
    }

    ScheduleOutcome switchTo(UUID scope, String idOrKey, boolean active) {
        Optional<Schedule> known = stores.queries().find(scope, idOrKey);
        if (known.isEmpty()) {
            return new ScheduleOutcome.NotFound();
        }
        settle.settle(known.get().id());
        return stores.transactions().execute(() -> {
            stores.schedules().lockScope(scope);
            Optional<Schedule> before =
                    stores.schedules().find(scope, known.get().id());
            if (before.isEmpty()) {
                return new ScheduleOutcome.NotFound();
            }
            boolean adds = active && !before.get().isActive();
            Optional<String> tooMany = stores.limit().check(scope, adds ? 1 : 0);
            if (tooMany.isPresent()) {
                return new ScheduleOutcome.Refused(tooMany.get());
            }
            Schedule wanted = before.get().isActive() == active
                    ? before.get()
                    : before.get().switchedTo(active, clock.instant());
            Set<EnvironmentId> environments = stores.queries().view(wanted).instances().stream()
                    .map(ScheduleInstance::environmentId)
                    .collect(Collectors.toSet());
            stores.save().save(before.get(), wanted, environments);
            return new ScheduleOutcome.Saved(stores.queries().view(wanted));
        });
    }
}
