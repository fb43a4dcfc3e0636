package dev.runyard.engine.schedule;

import dev.runyard.engine.observe.EngineMetrics;
import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.observe.SyncPoints;
import dev.runyard.engine.store.Transactions;
import dev.runyard.engine.timer.Timer;
import dev.runyard.engine.timer.TimerHandler;
import dev.runyard.engine.timer.TimerWheel;
import dev.runyard.engine.trigger.StagedTrigger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;

/// Lets the due ticks of an instance happen: their runs, what was decided about them, and the next tick with its timer
/// are one transaction, which holds only at the version of the instance that it was decided on.
///
/// However often and wherever this is called, a nominal time has at most one run; and whatever becomes of a run, the
/// next tick is there (answers H-13).
final class FireSchedule implements TimerHandler {
    private static final Logger LOG = LoggerFactory.getLogger(FireSchedule.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    private final InstanceRepository instances;
    private final TickRepository ticks;
    private final DecideTicks decide;
    private final StagedTrigger trigger;
    private final Transactions transactions;
    private final TimerWheel timers;
    private final EngineMetrics metrics;
    private final SyncPoints syncPoints;
    private final ScheduleConfig config;
    private final InstantSource clock;

    /// What firing needs.
    record Collaborators(
            InstanceRepository instances,
            TickRepository ticks,
            DecideTicks decide,
            StagedTrigger trigger,
            Transactions transactions,
            TimerWheel timers,
            EngineMetrics metrics) {}

    FireSchedule(Collaborators with, SyncPoints syncPoints, ScheduleConfig config, InstantSource clock) {
        this.instances = with.instances();
        this.ticks = with.ticks();
        this.decide = with.decide();
        this.trigger = with.trigger();
        this.transactions = with.transactions();
        this.timers = with.timers();
        this.metrics = with.metrics();
        this.syncPoints = syncPoints;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public boolean fire(Timer timer) {
        boolean isUsedUp = false;
        try {
            for (Optional<InstanceRepository.Loaded> due = findDue(timer); due.isPresent(); due = findDue(timer)) {
                isUsedUp |= fire(due.get());
            }
        } catch (DataAccessException | DateTimeException e) {
            // One instance that fails must not hold up the timers behind it.
            LOG.warn("the tick of schedule instance {} failed and is tried again: {}", timer.subject(), e.toString());
            instances.postpone(timer, clock.instant().plus(PAUSE_AFTER_FAILURE));
            return true;
        }
        return isUsedUp;
    }

    /// A clock that was set back since the timer was found due does not make it early.
    private Optional<InstanceRepository.Loaded> findDue(Timer timer) {
        Instant now = now(timer);
        return instances.find(timer.subject()).filter(loaded -> {
            Instant dueAt = loaded.instance().nextDueAt();
            return dueAt != null && !dueAt.isAfter(now);
        });
    }

    private Instant now(Timer timer) {
        Instant now = clock.instant();
        return now.isBefore(timer.dueAt()) ? timer.dueAt() : now;
    }

    private boolean fire(InstanceRepository.Loaded due) {
        Schedule schedule = due.schedule();
        ScheduleInstance instance = due.instance();
        Instant dueAt = Objects.requireNonNull(instance.nextDueAt());
        Instant now = clock.instant().isBefore(dueAt) ? dueAt : clock.instant();
        ScheduleTiming timing = ScheduleTiming.of(schedule, instance.phase(), config.spreadFraction());
        TickPlan plan = TickPlan.of(
                timing, Objects.requireNonNull(instance.nextNominalAt()), keep(schedule), config.missedAfter(), now);
        List<DecideTicks.Decision> decisions = decide.decide(due, timing, plan);
        syncPoints.reach(SyncPoint.SCHEDULE_TICK_DECIDED);
        try {
            return write(due, plan, decisions);
        } catch (DataIntegrityViolationException e) {
            LOG.warn("schedule {} cannot trigger {}: {}", schedule.id(), schedule.taskId(), e.toString());
            String reason = "The database refused the run.";
            return write(
                    due,
                    plan,
                    decisions.stream()
                            .map(decision -> decision.run() == null ? decision : decision.refused(reason))
                            .toList());
        }
    }

    /// Returns how many missed ticks the schedule wants.
    private int keep(Schedule schedule) {
        Integer limit = schedule.catchUp().limit();
        return switch (schedule.catchUp().policy()) {
            case SKIP -> 0;
            case LAST -> 1;
            case ALL -> limit == null ? config.catchUpLimit() : limit;
        };
    }

    private boolean write(InstanceRepository.Loaded due, TickPlan plan, List<DecideTicks.Decision> decisions) {
        Instant last = decisions.stream()
                .filter(decision -> decision.run() != null)
                .map(decision -> decision.tick().nominalAt())
                .reduce((_, later) -> later)
                .orElse(null);
        return transactions.execute(() -> {
            if (!instances.advance(due.instance(), plan.next(), last)) {
                return false;
            }
            Set<Instant> fresh = ticks.write(
                    due.schedule().id(),
                    decisions.stream().map(DecideTicks.Decision::tick).toList());
            transactions.afterCommit(() -> committed(due, plan, decisions));
            trigger.write(decisions.stream()
                    .filter(decision -> fresh.contains(decision.tick().nominalAt()))
                    .map(DecideTicks.Decision::run)
                    .filter(Objects::nonNull)
                    .toList());
            syncPoints.reach(SyncPoint.SCHEDULE_TICK_WRITTEN);
            return true;
        });
    }

    private void committed(InstanceRepository.Loaded due, TickPlan plan, List<DecideTicks.Decision> decisions) {
        syncPoints.reach(SyncPoint.SCHEDULE_TICK_COMMITTED);
        timers.armed(
                new Timer(Timer.Kind.SCHEDULE, due.instance().id(), plan.next().dueAt()));
        Instant dueAt = Objects.requireNonNull(due.instance().nextDueAt());
        metrics.tickLateness(Duration.between(dueAt, clock.instant()));
        decisions.forEach(decision -> metrics.tick(decision.tick().outcome().name()));
    }
}
