package dev.runyard.engine;

import dev.runyard.engine.attempt.CompleteAttempt;
import dev.runyard.engine.attempt.EndAttempt;
import dev.runyard.engine.attempt.StartAttempt;
import dev.runyard.engine.bulk.BulkRepository;
import dev.runyard.engine.cancel.CancelChildren;
import dev.runyard.engine.cancel.CancelRun;
import dev.runyard.engine.cancel.ChildRepository;
import dev.runyard.engine.change.RunChanges;
import dev.runyard.engine.claim.AdmissionRepository;
import dev.runyard.engine.claim.AdmitRuns;
import dev.runyard.engine.claim.ClaimRepository;
import dev.runyard.engine.claim.ConfirmClaims;
import dev.runyard.engine.claim.ReadyRunRepository;
import dev.runyard.engine.debounce.DebounceRepository;
import dev.runyard.engine.explain.ExplainRepository;
import dev.runyard.engine.gate.CompareLimits;
import dev.runyard.engine.gate.GateRepository;
import dev.runyard.engine.gate.MeasureQueues;
import dev.runyard.engine.gate.QueueViewRepository;
import dev.runyard.engine.lifecycle.LeadToWorkers;
import dev.runyard.engine.lifecycle.LostAnswers;
import dev.runyard.engine.lifecycle.RunChangeWriter;
import dev.runyard.engine.lifecycle.RunLifecycle;
import dev.runyard.engine.lifecycle.SuccessWriter;
import dev.runyard.engine.metadata.MetadataRepository;
import dev.runyard.engine.observe.EngineMetrics;
import dev.runyard.engine.outbox.DoneRows;
import dev.runyard.engine.outbox.OutboxRelay;
import dev.runyard.engine.outbox.OutboxRepository;
import dev.runyard.engine.outbox.Projection;
import dev.runyard.engine.queue.ApplyLimits;
import dev.runyard.engine.queue.EpochRepository;
import dev.runyard.engine.queue.Lane;
import dev.runyard.engine.queue.QueueLimitRepository;
import dev.runyard.engine.queue.QueueUnavailableException;
import dev.runyard.engine.queue.WakeSignals;
import dev.runyard.engine.queue.WorkerQueuePolls;
import dev.runyard.engine.queue.WorkerQueueRepository;
import dev.runyard.engine.queue.redis.FillRedis;
import dev.runyard.engine.queue.redis.PassOnChanges;
import dev.runyard.engine.queue.redis.RedisKeys;
import dev.runyard.engine.queue.redis.RedisLink;
import dev.runyard.engine.queue.redis.RedisRunQueue;
import dev.runyard.engine.queue.redis.RunStream;
import dev.runyard.engine.read.RunQueries;
import dev.runyard.engine.read.RunRows;
import dev.runyard.engine.recovery.FireTimer;
import dev.runyard.engine.recovery.KeepTables;
import dev.runyard.engine.recovery.LeaseGrace;
import dev.runyard.engine.recovery.RecoverLapsedRuns;
import dev.runyard.engine.recovery.RenewLease;
import dev.runyard.engine.run.RunStateRepository;
import dev.runyard.engine.schedule.ScheduleParts;
import dev.runyard.engine.store.Json;
import dev.runyard.engine.store.RepeatingTransactions;
import dev.runyard.engine.store.Transactions;
import dev.runyard.engine.timer.Timer;
import dev.runyard.engine.timer.TimerHandler;
import dev.runyard.engine.timer.TimerRepository;
import dev.runyard.engine.timer.TimerWheel;
import dev.runyard.engine.trigger.ItemRepository;
import dev.runyard.engine.trigger.TriggerBatcher;
import dev.runyard.engine.trigger.TriggerRepository;
import dev.runyard.engine.version.ExpireParkedRun;
import dev.runyard.engine.version.ParkDeadline;
import dev.runyard.engine.version.ParkedRunRepository;
import dev.runyard.engine.version.ReleaseParkedRuns;
import dev.runyard.engine.waitpoint.EdgeRepository;
import dev.runyard.engine.waitpoint.WaitParts;
import dev.runyard.engine.waitpoint.WaitpointQueries;
import dev.runyard.engine.waitpoint.WaitpointRepository;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Wires the engine: the one place that knows every class of it.
final class EngineParts {
    private static final Duration REDIS_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration CHANGE_FLUSH = Duration.ofMillis(20);

    private final Map<Class<?>, Object> parts = new HashMap<>();
    private final EngineServices services = new EngineServices();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final EngineDependencies given;
    private final EngineConfig config;

    private EngineParts(EngineDependencies given, EngineConfig config) {
        this.given = given;
        this.config = config;
    }

    static EngineParts assemble(EngineDependencies given, EngineConfig config) {
        EngineParts assembled = new EngineParts(given, config);
        assembled.addStores();
        assembled.addQueue();
        assembled.addLifecycle();
        assembled.addWaits();
        TriggerParts.wire(assembled, given, config);
        ClaimParts.wire(assembled, given, config);
        assembled.addUseCases();
        FeatureParts.wire(assembled, given, config);
        assembled.addServices();
        FeatureParts.wireBulk(assembled, given, config);
        return assembled;
    }

    <T> T get(Class<T> type) {
        return type.cast(Objects.requireNonNull(parts.get(type), type.getName()));
    }

    EngineServices services() {
        return services;
    }

    EngineHealth health() {
        RedisLink link = get(RedisLink.class);
        if (link.isTrusted()) {
            return new EngineHealth(EngineHealth.Queue.REDIS);
        }
        return new EngineHealth(link.isConnected() ? EngineHealth.Queue.REBUILDING : EngineHealth.Queue.DATABASE);
    }

    <T> T add(T part) {
        parts.put(part.getClass(), part);
        return part;
    }

    private InstantSource clock() {
        return given.clock();
    }

    private void addStores() {
        JdbcClient jdbc = JdbcClient.create(given.dataSource());
        parts.put(JdbcClient.class, jdbc);
        TransactionTemplate transaction = new RepeatingTransactions(new JdbcTransactionManager(given.dataSource()));
        parts.put(TransactionTemplate.class, transaction);
        add(new Transactions(transaction));
        Json json = add(new Json());
        RunStateRepository states = add(new RunStateRepository(jdbc, json));
        add(new EngineMetrics(given.meters()));
        add(new RunQueries(jdbc, states, new RunRows(states, json), given.lists()));
        add(new EpochRepository(jdbc, transaction));
        add(new QueueLimitRepository(jdbc));
        add(new WorkerQueueRepository(jdbc));
        add(new QueueViewRepository(jdbc));
        add(new OutboxRepository(jdbc));
        add(new BulkRepository(jdbc, json));
        RunChangeWriter writer = add(new RunChangeWriter(jdbc, json));
        add(new SuccessWriter(jdbc, json, writer, config.maxBatch()));
        add(new TriggerRepository(jdbc, json));
        add(new DebounceRepository(jdbc, states));
        add(new ParkedRunRepository(jdbc, states));
        add(new MetadataRepository(jdbc));
        add(new ItemRepository(jdbc, json));
        add(new GateRepository(jdbc));
        add(new ExplainRepository(jdbc));
        add(new AdmissionRepository(jdbc, states, config.maxDurationGrace()));
        add(new ClaimRepository(jdbc, states, json));
        add(new ReadyRunRepository(jdbc, states));
        add(new TimerWheel(new TimerRepository(jdbc), given.syncPoints(), config.timersAtOnce(), clock()));
        add(new RunChanges(states));
        add(new DoneRows());
        add(new WakeSignals());
        add(new WorkerQueuePolls(clock()));
        add(new KeepTables(jdbc, get(TriggerRepository.class), get(DebounceRepository.class), clock()));
    }

    private void addQueue() {
        RedisKeys keys = add(new RedisKeys(config.redisKeyPrefix()));
        RedisLink link = add(new RedisLink(given.redisUri(), keys, REDIS_TIMEOUT, this::onMessage));
        PassOnChanges passOn = add(new PassOnChanges(link));
        get(RunChanges.class).passOnTo(passOn::add);
        RedisRunQueue queue = add(new RedisRunQueue(link, keys, config.claimLease(), clock()));
        add(new ApplyLimits(
                given.environments(), get(QueueLimitRepository.class), queue, get(TransactionTemplate.class)));
        add(new FillRedis(
                new FillRedis.Collaborators(
                        link,
                        keys,
                        get(EpochRepository.class),
                        given.environments(),
                        get(QueueLimitRepository.class),
                        new RunStream(given.dataSource()),
                        get(EngineMetrics.class)),
                given.syncPoints(),
                clock()));
    }

    private void onMessage(String channel, String text) {
        if (channel.equals("wake")) {
            get(WakeSignals.class).wake(text);
        } else {
            get(PassOnChanges.class).receive(text, get(RunChanges.class)::deliver);
        }
    }

    private void addLifecycle() {
        Projection projection = add(new Projection(
                get(RedisRunQueue.class), get(WakeSignals.class), get(DoneRows.class), given.syncPoints()));
        add(new RunLifecycle(
                new RunLifecycle.Listeners(
                        projection, get(TimerWheel.class), get(RunChanges.class), get(EngineMetrics.class)),
                get(RunChangeWriter.class),
                get(SuccessWriter.class),
                get(Transactions.class),
                new LostAnswers(get(RunStateRepository.class)),
                new LeadToWorkers(given.environments(), get(Transactions.class)),
                given.syncPoints(),
                clock()));
    }

    private void addWaits() {
        JdbcClient jdbc = get(JdbcClient.class);
        add(add(new WaitParts(
                        new WaitParts.Collaborators(
                                new WaitpointRepository(jdbc),
                                new EdgeRepository(jdbc),
                                new WaitpointQueries(jdbc, get(RunQueries.class)),
                                get(RunStateRepository.class),
                                get(RunLifecycle.class),
                                get(TimerWheel.class),
                                get(Transactions.class),
                                get(EngineMetrics.class),
                                given.syncPoints(),
                                clock(),
                                config.executionTimeout(),
                                config.maxDurationGrace()),
                        config.waits()))
                .facade());
    }

    private void addUseCases() {
        RunLifecycle lifecycle = get(RunLifecycle.class);
        RunStateRepository states = get(RunStateRepository.class);
        EngineMetrics metrics = get(EngineMetrics.class);
        EndAttempt end = add(new EndAttempt(config, clock()));
        add(new StartAttempt(get(RunQueries.class), lifecycle, metrics, config, clock()));
        add(new CompleteAttempt(states, get(RunQueries.class), end, lifecycle, metrics));
        CancelRun cancelRun = add(new CancelRun(states, lifecycle, get(RunChanges.class), config, clock()));
        TimerHandler cancelChildren = new CancelChildren(
                states, new ChildRepository(get(JdbcClient.class)), cancelRun, config.cancels(), given.syncPoints());
        get(TimerWheel.class).handle(cancelChildren, Timer.Kind.CANCEL_CHILDREN);
        add(new RenewLease(states, config, clock()));
        LeaseGrace grace = add(new LeaseGrace(config.executionTimeout(), System::nanoTime));
        add(new RecoverLapsedRuns(states, given.environments(), end, lifecycle, grace, config, clock()));
        get(TimerWheel.class)
                .handle(
                        new FireTimer(states, end, lifecycle, config, clock()),
                        Timer.Kind.DELAY,
                        Timer.Kind.START,
                        Timer.Kind.TTL,
                        Timer.Kind.RETRY,
                        Timer.Kind.MAX_DURATION);
        ParkedRunRepository parkedRuns = get(ParkedRunRepository.class);
        ReleaseParkedRuns release = add(new ReleaseParkedRuns(parkedRuns, given.versions(), lifecycle, clock()));
        get(TimerWheel.class)
                .handle(
                        new ExpireParkedRun(
                                parkedRuns, release, lifecycle, new ParkDeadline(config.version()), clock()),
                        Timer.Kind.PARK);
        QueueParts.wire(this, given, config);
        add(new OutboxRelay(
                get(OutboxRepository.class),
                states,
                get(RedisRunQueue.class),
                get(ApplyLimits.class),
                get(DoneRows.class),
                metrics,
                clock()));
    }

    private void addServices() {
        Duration period = config.servicePeriod();
        TimerWheel timers = get(TimerWheel.class);
        services.add("tables", get(KeepTables.class)::keep, () -> Duration.ofHours(1));
        services.add("redis", get(FillRedis.class)::ensure, () -> period);
        services.add("outbox", get(OutboxRelay.class)::relay, () -> period);
        services.add("claims", this::settleClaims, () -> period);
        Runnable admit = services.add("resumes", get(AdmitRuns.class)::admit, () -> period);
        get(WakeSignals.class).listen(Lane.RESUME_QUEUE, admit);
        services.add("schedules", get(ScheduleParts.class)::keep, () -> Duration.ofHours(1));
        services.add(
                "parked",
                get(ReleaseParkedRuns.class)::sweep,
                () -> config.version().sweepPeriod());
        services.add("leases", get(RecoverLapsedRuns.class)::recover, () -> period);
        services.add("waits", get(WaitParts.class)::recheck, config.waits()::recheckPeriod);
        Runnable nudge = services.add("timers", timers::fireDue, () -> timers.untilNext(period));
        timers.onEarlier(nudge);
        services.add("limits", get(CompareLimits.class)::compare, config.queues()::applyPeriod);
        services.add("queues", get(MeasureQueues.class)::measure, config.queues()::measurePeriod);
        UpkeepParts.wire(this, given, config);
        services.add("changes", get(PassOnChanges.class)::flush, () -> CHANGE_FLUSH);
    }

    private void settleClaims() {
        try {
            get(ConfirmClaims.class).settleLapsed();
        } catch (QueueUnavailableException e) {
            // Filling Redis again settles every claim.
        }
    }

    void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        services.stop();
        get(TriggerBatcher.class).close();
        get(SuccessWriter.class).close();
        get(RedisLink.class).close();
    }
}
