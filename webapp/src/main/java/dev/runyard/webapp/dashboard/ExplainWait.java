package dev.runyard.webapp.dashboard;

import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.engine.directory.Environments;
import dev.runyard.engine.read.RunView;
import dev.runyard.protocol.json.Timestamps;
import dev.runyard.webapp.dashboard.WaitingFor.Gate;
import dev.runyard.webapp.worker.Supervisors;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Says which gate holds a run, in the order in which the engine checks them.
@Component
class ExplainWait {
    private static final Duration SUPERVISOR_SILENCE = Duration.ofSeconds(60);

    private final Environments environments;
    private final SlotRepository slots;
    private final Supervisors supervisors;

    ExplainWait(Environments environments, SlotRepository slots, Supervisors supervisors) {
        this.environments = environments;
        this.slots = slots;
        this.supervisors = supervisors;
    }

    Optional<WaitingFor> explain(RunView run) {
        return switch (run.status()) {
            case DELAYED -> of(Gate.DELAY, "The run is delayed; it will be queued" + at(run.delayUntil()) + ".");
            case PENDING_VERSION -> of(Gate.VERSION, version(run));
            case RETRYING_AFTER_FAILURE -> of(Gate.RETRY, retry(run));
            case PENDING -> Optional.of(run.notBefore() == null ? queued(run) : retryDue(run));
            case DEQUEUED,
                    EXECUTING,
                    WAITING_TO_RESUME,
                    PAUSED,
                    CANCELED,
                    INTERRUPTED,
                    COMPLETED_SUCCESSFULLY,
                    COMPLETED_WITH_ERRORS,
                    SYSTEM_FAILURE,
                    CRASHED,
                    EXPIRED,
                    TIMED_OUT -> Optional.empty();
        };
    }

    private WaitingFor queued(RunView run) {
        SlotCount count = slots.countFor(run);
        Optional<EnvironmentSettings> environment = environments.find(run.environmentId());
        if (environment.map(EnvironmentSettings::isPaused).orElse(false)) {
            return new WaitingFor(Gate.ENVIRONMENT_PAUSED, "The environment is paused; none of its runs start.");
        }
        if (count.isQueuePaused()) {
            return new WaitingFor(Gate.QUEUE_PAUSED, "Queue \"" + run.queue() + "\" is paused.");
        }
        int limit = environment.map(EnvironmentSettings::concurrencyLimit).orElse(Integer.MAX_VALUE);
        if (count.environmentHeld() >= limit) {
            return new WaitingFor(
                    Gate.ENVIRONMENT_LIMIT,
                    "The environment's limit is reached: " + count.environmentHeld() + " of " + limit
                            + " runs execute. This one starts when its turn comes and one of them ends.");
        }
        Integer queueLimit = count.queueLimit();
        if (queueLimit != null && count.queueHeld() >= queueLimit) {
            return new WaitingFor(Gate.QUEUE_LIMIT, queueLimit(run, count.queueHeld(), queueLimit));
        }
        if (supervisors.seenWithin(SUPERVISOR_SILENCE).isEmpty()) {
            return new WaitingFor(
                    Gate.WORKER, "No supervisor asked for work in the last minute. Start one, or look at its log.");
        }
        return new WaitingFor(Gate.TURN, "No limit holds the run; it starts when a supervisor next asks for work.");
    }

    private static String queueLimit(RunView run, int held, int limit) {
        String key = run.concurrencyKey() == null ? "" : " for key \"" + run.concurrencyKey() + "\"";
        return limit == 0
                ? "Queue \"" + run.queue() + "\" has a limit of 0; its runs start when the limit is raised."
                : "Queue \"" + run.queue() + "\" is full" + key + ": " + held + " of " + limit
                        + " runs execute. This one starts when its turn comes and one of them ends.";
    }

    private static WaitingFor retryDue(RunView run) {
        return new WaitingFor(Gate.RETRY, "An attempt failed; the run is queued again" + at(run.notBefore()) + ".");
    }

    private static String retry(RunView run) {
        return run.notBefore() == null
                ? "An attempt failed; its worker starts the next one soon."
                : "An attempt failed; the run is queued again" + at(run.notBefore()) + ".";
    }

    private static String version(RunView run) {
        String reason = run.statusReason();
        return reason == null
                ? "No deployed version has the task \"" + run.taskId() + "\"; the run starts once one is deployed."
                : reason;
    }

    private static String at(@Nullable Instant instant) {
        return instant == null ? " later" : " at " + Timestamps.format(instant);
    }

    private static Optional<WaitingFor> of(Gate gate, String sentence) {
        return Optional.of(new WaitingFor(gate, sentence));
    }
}
