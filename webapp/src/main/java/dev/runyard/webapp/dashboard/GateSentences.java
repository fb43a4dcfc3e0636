package dev.runyard.webapp.dashboard;

import dev.runyard.engine.explain.Gate;
import dev.runyard.engine.timer.Timer;
import dev.runyard.protocol.json.Timestamps;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What people are told of each gate, and what stands behind it.
final class GateSentences {
    private GateSentences() {}

    static WaitingFor.Gate kind(Gate gate) {
        return switch (gate) {
            case Gate.EnvironmentGone _ -> WaitingFor.Gate.ENVIRONMENT_GONE;
            case Gate.EnvironmentPaused _ -> WaitingFor.Gate.ENVIRONMENT_PAUSED;
            case Gate.EnvironmentFull _ -> WaitingFor.Gate.ENVIRONMENT_LIMIT;
            case Gate.QueuePaused _ -> WaitingFor.Gate.QUEUE_PAUSED;
            case Gate.QueueFull _, Gate.KeyFull _ -> WaitingFor.Gate.QUEUE_LIMIT;
            case Gate.NotBefore early ->
                switch (early.cause()) {
                    case DELAY -> WaitingFor.Gate.DELAY;
                    case RETRY -> WaitingFor.Gate.RETRY;
                    case PRIORITY -> WaitingFor.Gate.PRIORITY;
                };
            case Gate.NoVersion _ -> WaitingFor.Gate.VERSION;
            case Gate.Waitpoints _ -> WaitingFor.Gate.WAITPOINT;
            case Gate.NoWorker _ -> WaitingFor.Gate.WORKER;
        };
    }

    static String sentence(Gate gate, String taskId) {
        return switch (gate) {
            case Gate.EnvironmentGone _ -> "Its environment was removed; the run is ended with the next claim.";
            case Gate.EnvironmentPaused _ -> "The environment is paused; none of its runs start.";
            case Gate.EnvironmentFull full -> "The environment's limit is reached: " + used(full.slots());
            case Gate.QueuePaused paused -> "Queue \"" + paused.queue() + "\" is paused.";
            case Gate.QueueFull full ->
                "Queue \"" + full.queue() + "\" is full over all its keys: " + used(full.slots());
            case Gate.KeyFull full -> keyFull(full);
            case Gate.NotBefore early -> early(early);
            case Gate.NoVersion missing -> version(missing.reason(), taskId);
            case Gate.Waitpoints waitpoints -> waits(waitpoints.pending().size());
            case Gate.NoWorker idle -> worker(idle);
        };
    }

    static WaitingFor.@Nullable Next next(@Nullable Timer timer) {
        if (timer == null) {
            return null;
        }
        String what = switch (timer.kind()) {
            case DELAY -> "Its delay ends and it is queued";
            case TTL -> "It expires unless it was started";
            case START -> "Its place in the queue is due";
            case RETRY -> "Its next attempt is due";
            case MAX_DURATION -> "Its attempt is ended for lasting too long";
            case PARK -> "It expires unless its deployment arrived";
            case WAITPOINT, BATCH_SEAL, CANCEL_CHILDREN, SCHEDULE -> "Something that it depends on is due";
        };
        return new WaitingFor.Next(what, timer.dueAt());
    }

    private static String keyFull(Gate.KeyFull full) {
        String key = full.concurrencyKey() == null ? "" : " for key \"" + full.concurrencyKey() + "\"";
        return full.slots().limit() == 0
                ? "Queue \"" + full.queue() + "\" has a limit of 0; its runs start when the limit is raised."
                : "Queue \"" + full.queue() + "\" is full" + key + ": " + used(full.slots());
    }

    private static String used(Gate.Slots slots) {
        return slots.used() + " of " + slots.limit()
                + " runs execute. This one starts when its turn comes and one of them ends.";
    }

    private static String early(Gate.NotBefore early) {
        return switch (early.cause()) {
            case DELAY -> "The run is delayed; it will be queued" + at(early.at()) + ".";
            case RETRY -> "An attempt failed; the run is queued again" + at(early.at()) + ".";
            case PRIORITY -> "Its priority puts its place in the queue" + at(early.at()) + ".";
        };
    }

    private static String version(@Nullable String reason, String taskId) {
        return reason == null
                ? "No deployed version has the task \"" + taskId + "\"; the run starts once one is deployed."
                : reason;
    }

    private static String waits(int pending) {
        return switch (pending) {
            case 0 -> "What the run waited for is there; it goes on as soon as its turn comes.";
            case 1 -> "The run waits for one thing, and goes on when that is there.";
            default -> "The run waits for " + pending + " things, and goes on when all of them are there.";
        };
    }

    private static String worker(Gate.NoWorker idle) {
        String last =
                idle.lastAsked() == null ? "since this server started" : "since " + Timestamps.format(idle.lastAsked());
        return "No supervisor asked for work of \"" + idle.workerQueue() + "\" " + last
                + ". Start one, or look at its log.";
    }

    private static String at(Instant instant) {
        return " at " + Timestamps.format(instant);
    }
}
