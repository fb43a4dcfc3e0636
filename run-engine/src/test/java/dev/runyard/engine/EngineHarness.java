package dev.runyard.engine;

import com.zaxxer.hikari.HikariDataSource;
import dev.runyard.engine.attempt.CompleteOutcome;
import dev.runyard.engine.attempt.StartOutcome;
import dev.runyard.engine.claim.ClaimRequest;
import dev.runyard.engine.claim.ClaimedRun;
import dev.runyard.engine.directory.RunLists;
import dev.runyard.engine.observe.SyncPoint;
import dev.runyard.engine.queue.QueueDeclaration;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.trigger.TriggerOutcome;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.testkit.postgres.TestDatabase;
import dev.runyard.testkit.postgres.TestPostgres;
import dev.runyard.testkit.time.SettableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// An engine over real PostgreSQL and Redis with a clock that stands still and no loops: tests take its
/// steps.
public final class EngineHarness implements AutoCloseable {
    static final String WORKER = "worker-1";
    static final String RUNNER = "runner-1";

    final SettableClock clock = new SettableClock(Instant.parse("2026-08-01T10:00:00Z"));
    final InMemoryControlPlane controlPlane = new InMemoryControlPlane();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final EnvironmentId environment;
    private final TestDatabase database;
    private final DataSource dataSource;
    private final String redisUri;
    private final EngineConfig config;
    private volatile Consumer<SyncPoint> onSyncPoint = _ -> {};
    RunEngine engine;
    private EngineParts parts;

    static EngineHarness create(String redisUri) {
        return new EngineHarness(
                redisUri, TestPostgres.create("classpath:db/migration/engine"), null, UnaryOperator.identity());
    }

    /// An engine with other settings than the defaults.
    static EngineHarness configured(String redisUri, UnaryOperator<EngineConfig> settings) {
        return new EngineHarness(redisUri, TestPostgres.create("classpath:db/migration/engine"), null, settings);
    }

    /// The harness hands every connection to the given wrapper, which may count or break it.
    static EngineHarness create(String redisUri, UnaryOperator<DataSource> wrapper) {
        return new EngineHarness(
                redisUri, TestPostgres.create("classpath:db/migration/engine"), wrapper, UnaryOperator.identity());
    }

    private EngineHarness(
            String redisUri,
            TestDatabase database,
            @Nullable UnaryOperator<DataSource> wrapper,
            UnaryOperator<EngineConfig> settings) {
        this.redisUri = redisUri;
        this.database = database;
        this.dataSource = wrapper == null ? database.dataSource() : wrapper.apply(database.dataSource());
        // One after the other by default, so that a test with a seed takes the same way every time.
        EngineConfig inOrder = Components.replace(EngineConfig.DEFAULT, "timersAtOnce", 1);
        this.config = Components.replace(settings.apply(inOrder), "redisKeyPrefix", "{t" + UUID.randomUUID() + "}:");
        this.environment = controlPlane.addEnvironment("PRODUCTION", 100);
        start();
    }

    private void start() {
        parts = assemble(clock);
        engine = new RunEngine(parts);
        step();
    }

    private EngineParts assemble(InstantSource itsClock) {
        return EngineParts.assemble(
                new EngineDependencies(
                        dataSource,
                        redisUri,
                        controlPlane.environments(),
                        controlPlane.versions(),
                        RunLists.NONE,
                        itsClock,
                        meters,
                        point -> onSyncPoint.accept(point)),
                config);
    }

    /// Another engine over the same database and Redis, as a second webapp has.
    Other another() {
        return new Other(assemble(clock));
    }

    /// An engine beside the first one.
    static final class Other implements AutoCloseable {
        final EngineParts parts;
        final RunEngine engine;

        private Other(EngineParts parts) {
            this.parts = parts;
            this.engine = new RunEngine(parts);
            parts.services().step();
        }

        @Override
        public void close() {
            engine.close();
        }
    }

    /// Stops this engine as a crash would and starts another over the same database and Redis.
    void restart() {
        onSyncPoint = _ -> {};
        engine.close();
        start();
    }

    /// Takes one step of every background service.
    void step() {
        parts.services().step();
    }

    /// Moves the clock, then takes a step.
    void advance(Duration duration) {
        clock.advance(duration);
        step();
    }

    /// Does something once, between the claim in Redis and its confirmation by the database.
    void onNextClaim(Runnable action) {
        atSyncPoints(point -> {
            if (point == SyncPoint.CLAIMED_IN_REDIS) {
                atSyncPoints(_ -> {});
                action.run();
            }
        });
    }

    void atSyncPoints(Consumer<SyncPoint> action) {
        onSyncPoint = action;
    }

    EngineConfig config() {
        return config;
    }

    HikariDataSource pool() {
        return database.pool();
    }

    DataSource dataSource() {
        return database.dataSource();
    }

    JdbcClient sql() {
        return JdbcClient.create(database.dataSource());
    }

    <T> T part(Class<T> type) {
        return parts.get(type);
    }

    RunId trigger(String task) {
        return trigger(TriggerCommand.of(environment, task).payload("{}").build());
    }

    RunId trigger(TriggerCommand command) {
        return ((TriggerOutcome.Accepted) engine.trigger(command)).runId();
    }

    Optional<ClaimedRun> claim() {
        return claim(1).stream().findFirst();
    }

    List<ClaimedRun> claim(int n) {
        return engine.claim(new ClaimRequest("main", WORKER, n, Duration.ZERO));
    }

    /// Claims the next run, which must be there.
    RunState claimNext() {
        return claim().orElseThrow().state();
    }

    /// Claims the next run and starts an attempt of it.
    RunState startNext() {
        RunState claimed = claimNext();
        return start(claimed);
    }

    RunState start(RunState claimed) {
        return ((StartOutcome.Started) engine.start(claimed.runId(), claimed.snapshotId(), RUNNER)).state();
    }

    CompleteOutcome succeed(RunState started) {
        return engine.complete(
                started.runId(),
                started.snapshotId(),
                Completion.success(started.runId().toString(), "1", "application/json", 5));
    }

    CompleteOutcome fail(RunState started, TaskRunError error, Completion.@Nullable Retry retry) {
        return engine.complete(
                started.runId(),
                started.snapshotId(),
                Completion.failure(started.runId().toString(), error, retry, 5));
    }

    RunState state(RunId run) {
        return engine.state(run).orElseThrow();
    }

    void limit(String queue, int concurrency) {
        engine.declareQueues(environment, List.of(new QueueDeclaration(queue, concurrency)));
    }

    @Override
    public void close() {
        engine.close();
        database.close();
    }
}
