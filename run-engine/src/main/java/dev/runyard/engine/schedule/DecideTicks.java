package dev.runyard.engine.schedule;

import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.engine.directory.Environments;
import dev.runyard.engine.store.Json;
import dev.runyard.engine.trigger.StagedTrigger;
import dev.runyard.engine.trigger.TriggerCommand;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides what becomes of the ticks of a plan. Asks the control plane and writes nothing.
final class DecideTicks {
    private static final String SOURCE = "schedule";
    private static final int UPCOMING = 10;

    private final Environments environments;
    private final StagedTrigger trigger;
    private final Json json;
    private final InstantSource clock;

    DecideTicks(Environments environments, StagedTrigger trigger, Json json, InstantSource clock) {
        this.environments = environments;
        this.trigger = trigger;
        this.json = json;
        this.clock = clock;
    }

    /// A decision, and the run that goes with it.
    record Decision(ScheduleTick tick, StagedTrigger.@Nullable Ready run) {
        /// The same tick without its run.
        Decision refused(String reason) {
            return new Decision(
                    new ScheduleTick(
                            tick.instanceId(),
                            tick.nominalAt(),
                            tick.lastNominalAt(),
                            ScheduleTick.Outcome.REFUSED,
                            null,
                            reason,
                            tick.decidedAt()),
                    null);
        }
    }

    List<Decision> decide(InstanceRepository.Loaded due, ScheduleTiming timing, TickPlan plan) {
        Optional<String> idle = idle(due.instance());
        if (idle.isPresent()) {
            Instant first = Objects.requireNonNull(due.instance().nextNominalAt());
            return List.of(without(due, first, plan.last(), ScheduleTick.Outcome.INACTIVE, idle.get()));
        }
        List<Decision> decisions = new ArrayList<>();
        TickPlan.Missed missed = plan.missed();
        if (missed != null) {
            String reason = "The server was not there in time, and the schedule's policy for missed ticks is "
                    + due.schedule().catchUp().policy() + ".";
            decisions.add(without(due, missed.first(), missed.last(), ScheduleTick.Outcome.MISSED, reason));
        }
        Instant last = due.instance().lastNominalAt();
        for (Instant nominal : plan.fires()) {
            Decision decision = trigger(due, timing, nominal, last);
            decisions.add(decision);
            last = decision.run() == null ? last : nominal;
        }
        return decisions;
    }

    /// Says why an environment takes no ticks.
    private Optional<String> idle(ScheduleInstance instance) {
        Optional<EnvironmentSettings> environment = environments.find(instance.environmentId());
        if (environment.isEmpty()) {
            return Optional.of("The environment does not exist any more or was archived.");
        }
        return environments.takesTicks(environment.get())
                ? Optional.empty()
                : Optional.of("Nobody is connected to this development environment.");
    }

    private Decision trigger(
            InstanceRepository.Loaded due, ScheduleTiming timing, Instant nominal, @Nullable Instant last) {
        Schedule schedule = due.schedule();
        ScheduledPayload payload =
                new ScheduledPayload(schedule, nominal, last, timing.cron().next(nominal, UPCOMING));
        StagedTrigger.Staged staged =
                trigger.prepare(TriggerCommand.of(due.instance().environmentId(), schedule.taskId())
                        .payload(json.write(payload.toJson()))
                        .payloadType(ScheduledPayload.TYPE)
                        .queuedAs(timing.tick(nominal).dueAt())
                        .source(SOURCE)
                        .build());
        return switch (staged) {
            case StagedTrigger.Refused refused ->
                without(due, nominal, nominal, ScheduleTick.Outcome.REFUSED, refused.sentence());
            case StagedTrigger.Ready ready ->
                new Decision(
                        new ScheduleTick(
                                due.instance().id(),
                                nominal,
                                nominal,
                                ScheduleTick.Outcome.TRIGGERED,
                                ready.runId(),
                                null,
                                clock.instant()),
                        ready);
        };
    }

    private Decision without(
            InstanceRepository.Loaded due, Instant first, Instant last, ScheduleTick.Outcome outcome, String reason) {
        ScheduleTick tick = new ScheduleTick(due.instance().id(), first, last, outcome, null, reason, clock.instant());
        return new Decision(tick, null);
    }
}
