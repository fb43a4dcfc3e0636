package dev.runyard.engine.trigger;

import dev.runyard.engine.EngineConfig;
import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.engine.directory.Environments;
import dev.runyard.engine.directory.WorkerVersion;
import dev.runyard.engine.directory.WorkerVersions;
import dev.runyard.engine.gate.QueueSizes;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.timer.Timer;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.TimeOrderedIds;
import dev.runyard.protocol.manifest.TaskResource;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.trigger.Durations;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Turns a command into the row that will be written: version, queue, ttl, place in the queue.
public final class PrepareTrigger {
    /// How long a repeated transport call finds its first try.
    static final Duration REQUEST_KEY_LIFE = Duration.ofHours(24);

    private final Environments environments;
    private final WorkerVersions versions;
    private final TriggerRepository repository;
    private final QueueSizes sizes;
    private final TimeOrderedIds ids;
    private final EngineConfig config;
    private final InstantSource clock;

    public PrepareTrigger(
            Environments environments,
            WorkerVersions versions,
            TriggerRepository repository,
            QueueSizes sizes,
            EngineConfig config,
            InstantSource clock) {
        this.environments = environments;
        this.versions = versions;
        this.repository = repository;
        this.sizes = sizes;
        this.ids = new TimeOrderedIds(clock);
        this.config = config;
        this.clock = clock;
    }

    /// Either a row, or the sentence that says why there is none.
    sealed interface Prepared {
        record Ready(TriggerRow row) implements Prepared {}

        record Refused(String sentence) implements Prepared {}
    }

    Prepared prepare(TriggerCommand command) {
        Optional<EnvironmentSettings> environment = environments.find(command.environmentId());
        if (environment.isEmpty()) {
            return new Prepared.Refused("This environment does not exist any more.");
        }
        String locked = command.lockToVersion();
        Optional<WorkerVersion> version = locked == null
                ? versions.current(command.environmentId())
                : versions.findByNumber(command.environmentId(), locked);
        Optional<TaskResource> task = version.flatMap(known -> known.task(command.taskId()));
        if (locked != null && version.isEmpty()) {
            return new Prepared.Refused(
                    "Task locked to version '" + locked + "', but no worker found with that version.");
        }
        if (locked != null && task.isEmpty()) {
            return new Prepared.Refused(
                    "Task '" + command.taskId() + "' not found on locked version '" + locked + "'.");
        }
        TriggerRow row = row(command, environment.get(), task, locked == null ? null : version.get());
        return sizes.refuse(environment.get(), row.queue(), 1)
                .filter(_ -> !repository.hasKey(row))
                .<Prepared>map(Prepared.Refused::new)
                .orElse(new Prepared.Ready(row));
    }

    private TriggerRow row(
            TriggerCommand command,
            EnvironmentSettings environment,
            Optional<TaskResource> task,
            @Nullable WorkerVersion locked) {
        Instant now = clock.instant();
        Duration ttl = ttl(command, environment, task);
        Instant delayUntil =
                command.delayUntil() != null && command.delayUntil().isAfter(now) ? command.delayUntil() : null;
        UUID id = ids.next();
        TriggerCommand.IdempotencyKey key = command.idempotencyKey();
        Optional<TriggerRepository.Parent> parent = command.parent() == null
                ? Optional.empty()
                : repository.findParent(
                        command.environmentId().value(), command.parent().value());
        boolean delayed = delayUntil != null;
        long score = place(command, parent, delayUntil == null ? now : delayUntil);
        Optional<Timer> timer = firstTimer(new RunId(id), delayUntil, score, ttl);
        return new TriggerRow(
                id,
                command.environmentId().value(),
                command.taskId(),
                command.payload(),
                command.payloadType(),
                command.metadata(),
                command.tags(),
                key == null ? null : key.shown() == null ? key.key() : key.shown(),
                key == null ? null : hash(key.key()),
                key == null ? null : key.expiresAt(),
                command.requestKey() == null ? null : hash(command.requestKey()),
                command.requestKey() == null ? null : now.plus(REQUEST_KEY_LIFE),
                command.machine() == null ? null : command.machine().toString(),
                command.maxAttempts(),
                command.maxDurationSeconds(),
                command.queue(),
                command.priorityMs(),
                parent.isEmpty() || command.parent() == null
                        ? null
                        : command.parent().value(),
                parent.map(TriggerRepository.Parent::root).orElse(null),
                parent.map(known -> known.depth() + 1).orElse(0),
                command.replayOf() == null ? null : command.replayOf().value(),
                command.isTest(),
                command.traceParent() == null ? newTraceParent() : command.traceParent(),
                command.source(),
                delayed ? RunEvent.TRIGGERED_WITH_DELAY : RunEvent.TRIGGERED,
                delayed ? ExecutionStatus.DELAYED : ExecutionStatus.QUEUED,
                delayed ? RunStatus.DELAYED : RunStatus.PENDING,
                queueName(command, task),
                command.concurrencyKey(),
                environment.workerQueue(),
                score,
                locked == null ? null : locked.id().value(),
                ttl == null ? null : Math.toIntExact(Math.min(ttl.toSeconds(), Integer.MAX_VALUE)),
                delayUntil,
                timer.map(first -> first.kind().name()).orElse(null),
                timer.map(Timer::dueAt).orElse(null),
                command.parentWait() != null,
                now);
    }

    /// A run takes the place that its command names. One that another run waits for queues where that one did: what
    /// began earlier ends earlier.
    private static long place(TriggerCommand command, Optional<TriggerRepository.Parent> parent, Instant at) {
        if (command.queuedAs() != null) {
            return command.queuedAs().toEpochMilli() - command.priorityMs();
        }
        long since = command.parentWait() == null
                ? at.toEpochMilli()
                : parent.map(TriggerRepository.Parent::queuedSince).orElse(at.toEpochMilli());
        return since - command.priorityMs();
    }

    /// What happens first by time alone: a delay ends, a place in the future is due, or the run expires.
    private Optional<Timer> firstTimer(RunId run, @Nullable Instant delayUntil, long score, @Nullable Duration ttl) {
        Instant now = clock.instant();
        Instant place = Instant.ofEpochMilli(score);
        if (delayUntil != null) {
            return Optional.of(new Timer(Timer.Kind.DELAY, run, delayUntil));
        }
        if (place.isAfter(now)) {
            return Optional.of(new Timer(Timer.Kind.START, run, place));
        }
        return Optional.ofNullable(ttl).map(life -> new Timer(Timer.Kind.TTL, run, now.plus(life)));
    }

    private @Nullable Duration ttl(
            TriggerCommand command, EnvironmentSettings environment, Optional<TaskResource> task) {
        Duration asked = command.ttl();
        if (asked != null) {
            return asked.isZero() ? null : asked;
        }
        return task.flatMap(known -> Optional.ofNullable(known.ttl()).flatMap(Durations::parse))
                .filter(known -> !known.isZero())
                .orElse(environment.isDevelopment() ? config.developmentTtl() : null);
    }

    /// The queue is the caller's, else the task's, else the task's own. Characters that mean something in Redis are
    /// replaced.
    static String queueName(TriggerCommand command, Optional<TaskResource> task) {
        String own = "task/" + command.taskId().replace('|', '_');
        String configured = task.map(TaskResource::queue)
                .map(queue -> queue == null ? null : queue.name())
                .orElse(null);
        String asked = command.queue() == null ? configured : command.queue();
        if (asked == null) {
            return own;
        }
        String clean = asked.replaceAll("[^a-zA-Z0-9_\\-/.:@ ]", "");
        return clean.isBlank() ? own : clean;
    }

    static String newTraceParent() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "00-%016x%016x-%016x-01".formatted(random.nextLong(), random.nextLong() | 1, random.nextLong() | 1);
    }

    static String hash(String key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
