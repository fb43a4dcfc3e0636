package dev.runyard.engine.schedule;

import dev.runyard.engine.store.Transactions;
import dev.runyard.engine.timer.Timer;
import dev.runyard.engine.timer.TimerWheel;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.TimeOrderedIds;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes a schedule and what follows from it: instances of its environments, each with its next tick. Runs in the
/// caller's transaction.
final class SaveSchedule {
    private final ScheduleRepository schedules;
    private final InstanceRepository instances;
    private final Transactions transactions;
    private final TimerWheel timers;
    private final TimeOrderedIds ids;
    private final ScheduleConfig config;
    private final InstantSource clock;

    SaveSchedule(
            ScheduleRepository schedules,
            InstanceRepository instances,
            Transactions transactions,
            TimerWheel timers,
            TimeOrderedIds ids,
            ScheduleConfig config,
            InstantSource clock) {
        this.schedules = schedules;
        this.instances = instances;
        this.transactions = transactions;
        this.timers = timers;
        this.ids = ids;
        this.config = config;
        this.clock = clock;
    }

    /// Writes a schedule. One that stays as it is keeps its ticks and timers untouched.
    ///
    /// @param before how it was; absent where it is new
    /// @param environments all environments that it shall trigger in
    /// @return whether anything changed
    boolean save(@Nullable Schedule before, Schedule wanted, Set<EnvironmentId> environments) {
        List<ScheduleInstance> present = before == null ? List.of() : instances.findAll(wanted.id());
        Set<EnvironmentId> covered =
                present.stream().map(ScheduleInstance::environmentId).collect(Collectors.toSet());
        if (wanted.equals(before) && covered.equals(environments)) {
            return false;
        }
        schedules.save(wanted);
        instances.delete(present.stream()
                .filter(instance -> !environments.contains(instance.environmentId()))
                .map(ScheduleInstance::id)
                .toList());
        boolean keepsTicks = before != null && wanted.ticksLike(before);
        present.stream()
                .filter(instance -> environments.contains(instance.environmentId()))
                .forEach(instance -> arm(wanted, instance, keepsTicks));
        environments.stream()
                .filter(environment -> !covered.contains(environment))
                .forEach(environment -> arm(wanted, insert(wanted, environment), false));
        return true;
    }

    private ScheduleInstance insert(Schedule schedule, EnvironmentId environment) {
        SpreadPhase phase = SpreadPhase.of(config.spreadSecret(), environment, schedule.deduplicationKey());
        ScheduleInstance instance =
                new ScheduleInstance(ids.next(), environment, phase.value(), 1, null, null, null, clock.instant());
        instances.insert(schedule.id(), instance);
        return instance;
    }

    private void arm(Schedule schedule, ScheduleInstance instance, boolean keepsTicks) {
        if (!schedule.isActive()) {
            instances.arm(instance.id(), null);
            return;
        }
        Instant nominalAt = instance.nextNominalAt();
        Instant dueAt = instance.nextDueAt();
        ScheduleTiming timing = ScheduleTiming.of(schedule, instance.phase(), config.spreadFraction());
        ScheduleTiming.Tick next = keepsTicks && nominalAt != null && dueAt != null
                ? new ScheduleTiming.Tick(nominalAt, dueAt)
                : timing.after(latest(clock.instant(), instance.lastNominalAt()));
        instances.arm(instance.id(), next);
        transactions.afterCommit(() -> timers.armed(new Timer(Timer.Kind.SCHEDULE, instance.id(), next.dueAt())));
    }

    /// A clock that was set back must not make a tick happen again.
    private static Instant latest(Instant now, @Nullable Instant last) {
        return last != null && last.isAfter(now) ? last : now;
    }
}
