package dev.runyard.engine.observe;

import java.util.List;

/// Every metric of the engine. A test writes docs/operate/metrics.md from this list and fails on a
/// metric that is not in it.
public enum EngineMetric {
    TRANSITIONS(
            "runyard.run.transitions",
            Kind.COUNTER,
            "transitions of runs, by where the run stood (`NEW` for a new one) and what happened",
            "from",
            "event"),
    QUEUE_WAIT(
            "runyard.run.queue.wait",
            Kind.TIMER,
            "from the moment that a run could start to the moment that a worker got it"),
    ATTEMPT_DURATION(
            "runyard.attempt.duration",
            Kind.TIMER,
            "from the start of an attempt to its end as the server saw it, by what ended it",
            "event"),
    TRIGGER_LATENCY(
            "runyard.trigger.latency",
            Kind.TIMER,
            "trigger calls from the first look to the commit: `accepted`, `rejected` (the caller's fault) or `failed`",
            "outcome"),
    CLAIM_SIZE(
            "runyard.claim.size", Kind.SUMMARY, "runs that one claim handed out; claims that found none do not count"),
    STALE_CALLS(
            "runyard.engine.stale.calls",
            Kind.COUNTER,
            "results of workers that no longer held their run, by call; they changed nothing",
            "call"),
    REPAIRS("runyard.engine.repairs", Kind.COUNTER, "what the engine put right, by kind; see below", "kind"),
    REMOVED(
            "runyard.retention.removed",
            Kind.COUNTER,
            "what became too old, by kind: `month`, `run`, `batch-item`, `bulk-action`",
            "kind"),
    QUEUE_MODE(
            "runyard.queue.mode",
            Kind.GAUGE,
            "2 while claims come from Redis, 1 while Redis is filled, 0 while claims come from the database"),
    QUEUED(
            "runyard.queue.queued",
            Kind.GAUGE,
            "runs that wait in a queue, for the busiest queues only",
            "environment",
            "queue"),
    RUNNING(
            "runyard.queue.running",
            Kind.GAUGE,
            "runs that hold a slot of a queue, for the busiest queues only",
            "environment",
            "queue"),
    SCHEDULE_TICKS(
            "runyard.schedule.ticks",
            Kind.COUNTER,
            "decisions about ticks of schedules: `TRIGGERED`, `REFUSED`, `MISSED`, `INACTIVE`",
            "outcome"),
    SCHEDULE_LATENESS("runyard.schedule.lateness", Kind.TIMER, "how late a tick of a schedule was"),
    OUTBOX_LAG("runyard.outbox.lag", Kind.SECONDS, "age of the oldest change that Redis may not have heard of"),
    TIMER_LAG("runyard.timer.lag", Kind.SECONDS, "how long the most overdue timer is due"),
    EVENT_LAG(
            "runyard.event.lag",
            Kind.SECONDS,
            "age of the oldest event that a consumer has not acknowledged",
            "consumer"),
    CLOCK_SKEW(
            "runyard.clock.skew",
            Kind.SECONDS,
            "how much the machine's clock is ahead of the database's, which alone counts");

    private final String id;
    private final Kind kind;
    private final String meaning;
    private final List<String> tags;

    EngineMetric(String id, Kind kind, String meaning, String... tags) {
        this.id = id;
        this.kind = kind;
        this.meaning = meaning;
        this.tags = List.of(tags);
    }

    /// What a metric is.
    public enum Kind {
        COUNTER,
        TIMER,
        SUMMARY,
        /// A gauge without a unit.
        GAUGE,
        /// A gauge in seconds.
        SECONDS
    }

    /// Returns the name in Micrometer.
    public String id() {
        return id;
    }

    public Kind kind() {
        return kind;
    }

    public String meaning() {
        return meaning;
    }

    public List<String> tags() {
        return tags;
    }
}
