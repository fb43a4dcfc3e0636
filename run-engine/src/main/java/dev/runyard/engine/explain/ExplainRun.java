package dev.runyard.engine.explain;

import dev.runyard.engine.directory.EnvironmentSettings;
import dev.runyard.engine.directory.Environments;
import dev.runyard.engine.queue.EnvironmentLimits;
import dev.runyard.engine.queue.QueueKey;
import dev.runyard.engine.queue.QueueLimit;
import dev.runyard.engine.queue.QueueLimitRepository;
import dev.runyard.engine.queue.WorkerQueuePolls;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.ExecutionStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds out what holds a run. The database is asked, not Redis, so the answer is the truth and not what was told of
/// it.
public final class ExplainRun {
    private final RunStateRepository states;
    private final Environments environments;
    private final QueueLimitRepository limits;
    private final ExplainRepository repository;
    private final WorkerQueuePolls polls;
    private final Settings settings;
    private final InstantSource clock;

    /// What an explanation needs.
    public record Collaborators(
            RunStateRepository states,
            Environments environments,
            QueueLimitRepository limits,
            ExplainRepository repository,
            WorkerQueuePolls polls) {}

    /// How much an explanation says.
    ///
    /// @param mostHolders most holders of slots that it names
    /// @param silence after how long without a claim a worker queue counts as served by nobody
    public record Settings(int mostHolders, Duration silence) {}

    public ExplainRun(Collaborators with, Settings settings, InstantSource clock) {
        this.states = with.states();
        this.environments = with.environments();
        this.limits = with.limits();
        this.repository = with.repository();
        this.polls = with.polls();
        this.settings = settings;
        this.clock = clock;
    }

    /// Explains a run; empty where it does not exist.
    public Optional<Explanation> explain(RunId run) {
        return states.find(run).map(this::explain);
    }

    private Explanation explain(RunState state) {
        return switch (state.execution()) {
            case FINISHED -> new Explanation.Ended(state.status());
            case PENDING_EXECUTING, EXECUTING, PENDING_CANCEL ->
                new Explanation.Executing(state.execution(), state.worker(), state.leaseUntil());
            case RUN_CREATED -> held(state, List.of(new Gate.NoVersion(state.statusReason())));
            case DELAYED -> held(state, notBefore(state.delayUntil(), Gate.Cause.DELAY));
            case EXECUTING_WITH_WAITPOINTS, SUSPENDED ->
                held(state, List.of(new Gate.Waitpoints(repository.pendingWaitpoints(state))));
            case QUEUED, QUEUED_EXECUTING -> held(state, queueGates(state));
        };
    }

    private Explanation held(RunState state, List<Gate> gates) {
        return new Explanation.Held(
                gates,
                state.isReady() ? repository.position(state) : null,
                repository.nextTimer(state).orElse(null));
    }

    private static List<Gate> notBefore(@Nullable Instant at, Gate.Cause cause) {
        return at == null ? List.of() : List.of(new Gate.NotBefore(at, cause));
    }

    private List<Gate> queueGates(RunState state) {
        if (state.notBefore() != null) {
            boolean isRetry = state.lastEvent() == RunEvent.RETRY_QUEUED || state.lastEvent() == RunEvent.RECOVERED;
            return notBefore(state.notBefore(), isRetry ? Gate.Cause.RETRY : Gate.Cause.PRIORITY);
        }
        Optional<EnvironmentSettings> environment = environments.find(state.environmentId());
        if (environment.isEmpty()) {
            return List.of(new Gate.EnvironmentGone());
        }
        List<Gate> gates = new ArrayList<>(limitGates(QueueKey.of(state), limits.limits(environment.get())));
        if (gates.isEmpty() && state.execution() == ExecutionStatus.QUEUED) {
            workerGate(state.workerQueue()).ifPresent(gates::add);
        }
        return gates;
    }

    private List<Gate> limitGates(QueueKey key, EnvironmentLimits environment) {
        List<Gate> gates = new ArrayList<>();
        Optional<QueueLimit> queue = environment.queues().stream()
                .filter(candidate -> candidate.queue().equals(key.queue()))
                .findFirst();
        if (environment.isPaused()) {
            gates.add(new Gate.EnvironmentPaused());
        }
        if (queue.filter(QueueLimit::isPaused).isPresent()) {
            gates.add(new Gate.QueuePaused(key.queue()));
        }
        full(environment.burstLimit(), holders(key, null, false))
                .map(Gate.EnvironmentFull::new)
                .ifPresent(gates::add);
        Integer combined = queue.map(QueueLimit::combinedLimit).orElse(null);
        if (combined != null) {
            full(combined, holders(key, key.queue(), false))
                    .map(slots -> new Gate.QueueFull(key.queue(), slots))
                    .ifPresent(gates::add);
        }
        Integer own = queue.map(QueueLimit::limit).orElse(null);
        int limit = own == null ? environment.limit() : Math.min(own, environment.limit());
        full(limit, holders(key, key.queue(), true))
                .map(slots -> new Gate.KeyFull(key.queue(), key.concurrencyKey(), slots))
                .ifPresent(gates::add);
        return gates;
    }

    private ExplainRepository.Holders holders(QueueKey key, @Nullable String queue, boolean isOneKey) {
        return repository.holders(key, queue, isOneKey, settings.mostHolders());
    }

    private static Optional<Gate.Slots> full(int limit, ExplainRepository.Holders holders) {
        return holders.used() < limit
                ? Optional.empty()
                : Optional.of(new Gate.Slots(limit, holders.used(), holders.longest()));
    }

    private Optional<Gate> workerGate(String workerQueue) {
        Optional<Instant> last = polls.lastAsked(workerQueue);
        boolean isServed = last.filter(at -> at.plus(settings.silence()).isAfter(clock.instant()))
                .isPresent();
        return isServed ? Optional.empty() : Optional.of(new Gate.NoWorker(workerQueue, last.orElse(null)));
    }
}
