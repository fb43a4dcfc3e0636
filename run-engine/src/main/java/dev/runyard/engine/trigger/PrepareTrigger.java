package dev.runyard.engine.trigger;

import dev.runyard.engine.EngineConfig;
import dev.runyard.engine.debounce.CheckDebounce;
import dev.runyard.engine.debounce.Debounce;
import dev.runyard.engine.debounce.DebounceRepository;
import dev.runyard.engine.debounce.DebounceWindow;
import dev.runyard.engine.debounce.PushDebouncedRun;
import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.engine.directory.Environments;
import dev.runyard.engine.directory.WorkerVersion;
import dev.runyard.engine.directory.WorkerVersions;
import dev.runyard.engine.gate.QueueSizes;
import dev.runyard.engine.store.Json;
import dev.runyard.engine.version.ParkDeadline;
import dev.runyard.protocol.id.TimeOrderedIds;
import dev.runyard.protocol.manifest.TaskResource;
import dev.runyard.protocol.trigger.Durations;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Turns a command into the row that will be written: version, queue, ttl, place in the queue.
public final class PrepareTrigger {
    /// How long a repeated transport call finds its first try.
    static final Duration REQUEST_KEY_LIFE = Duration.ofHours(24);
    /// Shorter executions would end before their code is loaded.
    private static final int MIN_DURATION_SECONDS = 5;

    private final Environments environments;
    private final WorkerVersions versions;
    private final TriggerRepository repository;
    private final DebounceRepository debounces;
    private final QueueSizes sizes;
    private final CheckDescription checkDescription;
    private final CheckDebounce checkDebounce;
    private final PinVersion pinVersion;
    private final ParkDeadline deadline;
    private final TimeOrderedIds ids;
    private final EngineConfig config;
    private final Json json;
    private final InstantSource clock;

    public PrepareTrigger(
            Environments environments,
            WorkerVersions versions,
            TriggerRepository repository,
            DebounceRepository debounces,
            QueueSizes sizes,
            EngineConfig config,
            InstantSource clock) {
        this.environments = environments;
        this.versions = versions;
        this.repository = repository;
        this.debounces = debounces;
        this.sizes = sizes;
        this.checkDescription = new CheckDescription(config.trigger());
        this.checkDebounce = new CheckDebounce(config.debounce());
        this.pinVersion = new PinVersion(versions);
        this.deadline = new ParkDeadline(config.version());
        this.ids = new TimeOrderedIds(clock);
        this.config = config;
        this.json = new Json();
        this.clock = clock;
    }

    /// Either a row, or the sentence that says why there is none.
    sealed interface Prepared {
        /// @param window how the run collects triggers with the same key, absent where it does not
        record Ready(TriggerRow row, @Nullable DebounceWindow window) implements Prepared {}

        /// @param isQueueFull whether the queue's size is why
        record Refused(String sentence, boolean isQueueFull) implements Prepared {
            Refused(String sentence) {
                this(sentence, false);
            }
        }
    }

    Prepared prepare(TriggerCommand command) {
        Optional<EnvironmentSettings> environment = environments.find(command.environmentId());
        if (environment.isEmpty()) {
            return new Prepared.Refused("This environment does not exist any more.");
        }
        Optional<String> wrong = checkDescription.check(command);
        if (wrong.isPresent()) {
            return new Prepared.Refused(wrong.get());
        }
        Debounce debounce = command.debounce();
        return switch (debounce == null ? null : checkDebounce.check(debounce)) {
            case null -> prepare(command, environment.get(), null);
            case CheckDebounce.Checked.Valid valid -> prepare(command, environment.get(), valid.window());
            case CheckDebounce.Checked.Invalid invalid -> new Prepared.Refused(invalid.sentence());
        };
    }

    private Prepared prepare(TriggerCommand command, EnvironmentSettings environment, @Nullable DebounceWindow window) {
        Optional<TriggerRepository.Parent> parent = command.parent() == null
                ? Optional.empty()
                : repository.findParent(
                        command.environmentId().value(), command.parent().value());
        if (command.parentWait() != null
                && parent.map(run -> run.status().isFinal()).orElse(false)) {
            return new Prepared.Refused("Cannot trigger " + command.taskId() + " as the parent run has a status of "
                    + parent.get().status());
        }
        return switch (pinVersion.pin(command, environment, versionOf(command, parent))) {
            case PinVersion.Pin.Refused refused -> new Prepared.Refused(refused.sentence());
            case PinVersion.Pin.To pin -> {
                Facts facts = new Facts(environment, Optional.of(pin.task()), pin.version(), false, parent, window);
                yield ready(command, facts);
            }
            case PinVersion.Pin.None none -> {
                Facts facts = new Facts(environment, none.task(), null, false, parent, window);
                yield ready(command, facts);
            }
            case PinVersion.Pin.NotThere _ -> {
                Facts facts = new Facts(environment, Optional.empty(), null, true, parent, window);
                yield ready(command, facts);
            }
        };
    }

    /// A trigger that makes no new run needs no room in the queue.
    private Prepared ready(TriggerCommand command, Facts facts) {
        TriggerRow row = row(command, facts);
        Prepared.Ready ready = new Prepared.Ready(row, facts.window());
        if (joins(row, facts.window())) {
            return ready;
        }
        return sizes.refuse(facts.environment(), row.queue(), 1)
                .filter(_ -> !repository.hasKey(row))
                .<Prepared>map(sentence -> new Prepared.Refused(sentence, true))
                .orElse(ready);
    }

    private boolean joins(TriggerRow row, @Nullable DebounceWindow window) {
        return window != null
                && debounces
                        .find(new DebounceRepository.Key(row.environmentId(), row.taskId(), window.key()))
                        .filter(PushDebouncedRun::collects)
                        .isPresent();
    }

    /// What a run waits for runs on its own version: the two were written for each other.
    private @Nullable WorkerVersion versionOf(TriggerCommand command, Optional<TriggerRepository.Parent> parent) {
        return command.parentWait() == null
                ? null
                : parent.map(TriggerRepository.Parent::version)
                        .flatMap(versions::find)
                        .orElse(null);
    }

    /// What was found out about a command.
    private record Facts(
            EnvironmentSettings environment,
            Optional<TaskResource> task,
            @Nullable WorkerVersion version,
            boolean isParked,
            Optional<TriggerRepository.Parent> parent,
            @Nullable DebounceWindow window) {}

    private TriggerRow row(TriggerCommand command, Facts facts) {
        Instant now = clock.instant();
        Integer ttl = ttlSeconds(ttl(command, facts));
        Instant delayUntil = delayUntil(command, facts, now);
        Optional<TriggerRepository.Parent> parent = facts.parent();
        long score = place(command, parent, delayUntil == null ? now : delayUntil);
        FirstState first = facts.isParked()
                ? FirstState.parked(deadline.of(now, delayUntil, ttl))
                : FirstState.of(now, delayUntil, score, ttl);
        TriggerCommand.IdempotencyKey key = command.idempotencyKey();
        return new TriggerRow(
                ids.next(),
                command.environmentId().value(),
                command.taskId(),
                command.payload(),
                command.payloadType(),
                command.metadata(),
                CheckDescription.tags(command.tags()),
                key == null ? null : key.shown() == null ? key.key() : key.shown(),
                key == null ? null : key.scope(),
                key == null ? null : hash(key.key()),
                key == null ? null : key.expiresAt(),
                command.requestKey() == null ? null : hash(command.requestKey()),
                command.requestKey() == null ? null : now.plus(REQUEST_KEY_LIFE),
                command.machine() == null ? null : command.machine().toString(),
                command.maxAttempts(),
                maxDuration(command),
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
                command.action(),
                parent.map(TriggerRepository.Parent::rootSource).orElse(null),
                json.writeOrNull(command.debounce()),
                command.externalDeploymentId() == null
                        ? null
                        : command.externalDeploymentId().strip(),
                first.event(),
                first.execution(),
                first.status(),
                first.reason(),
                queueName(command, facts.task()),
                command.concurrencyKey(),
                facts.environment().workerQueue(),
                score,
                facts.version() == null ? null : facts.version().id().value(),
                ttl,
                delayUntil,
                first.timer() == null ? null : first.timer().name(),
                first.due(),
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

    /// A debounced run is delayed even where its caller names no delay.
    private static @Nullable Instant delayUntil(TriggerCommand command, Facts facts, Instant now) {
        Instant asked = command.delayUntil();
        if (asked != null && asked.isAfter(now)) {
            return asked;
        }
        return facts.window() == null ? null : now.plus(facts.window().delay());
    }

    private static @Nullable Integer maxDuration(TriggerCommand command) {
        Integer seconds = command.maxDurationSeconds();
        return seconds == null ? null : (Integer) Math.max(seconds, MIN_DURATION_SECONDS);
    }

    private static @Nullable Integer ttlSeconds(@Nullable Duration ttl) {
        return ttl == null ? null : (Integer) Math.toIntExact(Math.min(ttl.toSeconds(), Integer.MAX_VALUE));
    }

    private @Nullable Duration ttl(TriggerCommand command, Facts facts) {
        Duration longest = config.trigger().defaultMaxTtl();
        Duration wanted = wantedTtl(command, facts);
        return longest != null && (wanted == null || wanted.compareTo(longest) > 0) ? longest : wanted;
    }

    private @Nullable Duration wantedTtl(TriggerCommand command, Facts facts) {
        Duration asked = command.ttl();
        if (asked != null) {
            return asked.isZero() ? null : asked;
        }
        return facts.task()
                .flatMap(known -> Optional.ofNullable(known.ttl()).flatMap(Durations::parse))
                .filter(known -> !known.isZero())
                .orElse(facts.environment().isDevelopment() ? config.developmentTtl() : null);
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
