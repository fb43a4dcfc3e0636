package dev.runyard.engine;

import static dev.runyard.engine.InMemoryControlPlane.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.engine.attempt.CompleteOutcome;
import dev.runyard.engine.attempt.StartOutcome;
import dev.runyard.engine.cancel.CancelOutcome;
import dev.runyard.engine.claim.ClaimRequest;
import dev.runyard.engine.claim.ClaimedRun;
import dev.runyard.engine.debounce.Debounce;
import dev.runyard.engine.run.RunEvent;
import dev.runyard.engine.run.RunState;
import dev.runyard.engine.trigger.TriggerCommand;
import dev.runyard.engine.trigger.TriggerOutcome;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.SnapshotId;
import dev.runyard.protocol.run.ExecutionStatus;
import dev.runyard.protocol.run.InternalErrorCode;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.protocol.run.TaskRunError;
import dev.runyard.protocol.worker.Completion;
import dev.runyard.testkit.history.CancelCall;
import dev.runyard.testkit.history.Execution;
import dev.runyard.testkit.history.History;
import dev.runyard.testkit.history.LimitChange;
import dev.runyard.testkit.history.TriggerCall;
import dev.runyard.testkit.redis.TestRedis;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One engine under random commands, held against the model after each of them and against all invariants at the end.
final class EngineWalk implements AutoCloseable {
    static final List<String> TASKS = List.of("one", "two", "free");
    private static final TaskRunError BOOM = new TaskRunError.BuiltIn("java.lang.Exception", "boom", "at …");

    private final TestRedis redis;
    private final EngineHarness harness;
    private final WalkModel model = new WalkModel();
    private final History history = EngineHistory.begin().tellsEveryExecution();
    private final Map<RunId, Open> open = new HashMap<>();
    private final Map<RunId, SnapshotId> lost = new HashMap<>();
    private final Map<String, Integer> highest = new HashMap<>();
    private long ticks;
    private boolean redisIsAway;
    private boolean redisIsBehind;

    /// An execution whose end is not known yet.
    private record Open(int attempt, long from, Instant startedAt) {}

    EngineWalk(TestRedis redis) {
        this.redis = redis;
        redis.flush();
        harness = EngineHarness.create(redis.uri());
        harness.controlPlane.deploy(harness.environment, task("one"), task("two"), task("free"));
        harness.controlPlane.change(harness.environment, WalkModel.ENVIRONMENT_LIMIT, false);
        harness.engine.refreshLimits(harness.environment);
        history.addLimit(new LimitChange(harness.environment.value().toString(), WalkModel.ENVIRONMENT_LIMIT, 0));
        limit(0, 1);
        limit(1, 2);
    }

    void take(WalkCommand command) {
        ticks++;
        switch (command) {
            case WalkCommand.Trigger trigger -> trigger(trigger);
            case WalkCommand.TriggerDebounced trigger -> triggerDebounced(trigger);
            case WalkCommand.Claim claim -> claim(claim);
            case WalkCommand.Start start ->
                pick(start.run(), this::waitsForStart).ifPresent(this::start);
            case WalkCommand.Succeed succeed ->
                pick(succeed.run(), this::runsAnAttempt).ifPresent(this::succeed);
            case WalkCommand.Fail fail ->
                pick(fail.run(), this::runsAnAttempt).ifPresent(state -> fail(state, fail.retryAfter()));
            case WalkCommand.Heartbeat beat ->
                pick(beat.run(), this::runsAnAttempt).ifPresent(this::beat);
            case WalkCommand.ReportLate late ->
                pick(late.run(), state -> lost.containsKey(state.runId())).ifPresent(this::reportLate);
            case WalkCommand.Cancel cancel -> pick(cancel.run(), _ -> true).ifPresent(this::cancel);
            case WalkCommand.AcknowledgeCancel stop ->
                pick(stop.run(), state -> state.execution() == ExecutionStatus.PENDING_CANCEL)
                        .ifPresent(this::acknowledge);
            case WalkCommand.Advance advance -> advance(advance.by());
            case WalkCommand.Limit limit -> limit(limit.task(), limit.limit());
            case WalkCommand.Pause pause -> pause(pause.isPaused());
            case WalkCommand.FlushRedis _ -> flush();
            case WalkCommand.KillRedis _ -> killRedis();
            case WalkCommand.ReviveRedis _ -> reviveRedis();
            case WalkCommand.CrashEngine _ -> crash();
        }
        nothingElseChanged();
    }

    private interface Condition {
        boolean holds(RunState state);
    }

    private Optional<RunState> pick(int number, Condition condition) {
        List<RunState> candidates =
                model.runs.values().stream().filter(condition::holds).toList();
        return candidates.isEmpty() ? Optional.empty() : Optional.of(candidates.get(number % candidates.size()));
    }

    private boolean waitsForStart(RunState state) {
        return state.execution() == ExecutionStatus.PENDING_EXECUTING
                || state.execution() == ExecutionStatus.EXECUTING && state.lastEvent() == RunEvent.RETRY_ON_WORKER;
    }

    private boolean runsAnAttempt(RunState state) {
        return state.execution() == ExecutionStatus.EXECUTING && !waitsForStart(state);
    }

    private void trigger(WalkCommand.Trigger wanted) {
        String task = TASKS.get(wanted.task());
        Instant now = harness.clock.instant();
        TriggerCommand command = TriggerCommand.of(harness.environment, task)
                .payload("{}")
                .concurrencyKey(wanted.concurrencyKey() == null ? null : "key" + wanted.concurrencyKey())
                .delayUntil(wanted.delay() == null ? null : now.plus(wanted.delay()))
                .ttl(wanted.ttl())
                .idempotencyKey(
                        wanted.key() == null
                                ? null
                                : new TriggerCommand.IdempotencyKey(
                                        "k" + wanted.key(), null, now.plus(Duration.ofDays(30))))
                .build();
        Optional<RunId> earlier = wanted.key() == null ? Optional.empty() : model.holder(task, wanted.key());
        TriggerOutcome.Accepted answer = call(command, wanted.key() == null ? null : "k" + wanted.key());
        assertThat(answer.isCached()).isEqualTo(earlier.isPresent());
        if (earlier.isPresent()) {
            assertThat(answer.runId()).isEqualTo(earlier.get());
            return;
        }
        add(answer.runId(), wanted.delay() != null);
        if (wanted.key() != null) {
            model.hold(task, wanted.key(), answer.runId());
        }
    }

    private TriggerOutcome.Accepted call(TriggerCommand command, @Nullable String key) {
        TriggerOutcome.Accepted answer = (TriggerOutcome.Accepted) harness.engine.trigger(command);
        history.addTrigger(new TriggerCall(
                harness.environment.value().toString(),
                command.taskId(),
                key,
                answer.runId().toString(),
                answer.isCached(),
                ticks++,
                ticks++));
        return answer;
    }

    private void add(RunId run, boolean isDelayed) {
        assertThat(model.runs).doesNotContainKey(run);
        RunState state = harness.state(run);
        assertThat(WalkModel.Next.of(state))
                .isEqualTo(
                        isDelayed
                                ? new WalkModel.Next(
                                        RunEvent.TRIGGERED_WITH_DELAY, ExecutionStatus.DELAYED, RunStatus.DELAYED)
                                : new WalkModel.Next(RunEvent.TRIGGERED, ExecutionStatus.QUEUED, RunStatus.PENDING));
        model.runs.put(run, state);
    }

    private void triggerDebounced(WalkCommand.TriggerDebounced wanted) {
        String task = TASKS.get(wanted.task());
        Instant now = harness.clock.instant();
        Optional<RunState> collector = model.collector(task, wanted.key());
        String delay = wanted.delay().toSeconds() + "s";
        RunId answered = call(
                        TriggerCommand.of(harness.environment, task)
                                .payload("{}")
                                .debounce(new Debounce("d" + wanted.key(), delay, Debounce.Mode.LEADING, null))
                                .build(),
                        null)
                .runId();
        if (collector.isEmpty()) {
            add(answered, true);
            model.collect(task, wanted.key(), answered);
            return;
        }
        RunState before = collector.get();
        assertThat(answered).isEqualTo(before.runId());
        Instant until = WalkModel.pushed(before, now, wanted.delay());
        if (!until.equals(before.delayUntil())) {
            accept(before, new WalkModel.Next(RunEvent.DEBOUNCED, ExecutionStatus.DELAYED, RunStatus.DELAYED));
            assertThat(known(answered).delayUntil()).isEqualTo(until);
        }
    }

    private void claim(WalkCommand.Claim wanted) {
        int expected = model.claimable(wanted.most());
        Map<String, List<RunState>> ready = model.readyByScope();
        List<ClaimedRun> claimed = harness.engine.claim(new ClaimRequest(
                "main",
                EngineHarness.WORKER,
                wanted.most(),
                Duration.ZERO,
                wanted.startsAtOnce() ? EngineHarness.RUNNER : null));
        Set<RunId> got = new HashSet<>();
        for (ClaimedRun run : claimed) {
            RunState before = known(run.state().runId());
            assertThat(before.isReady()).as("%s may be claimed", before).isTrue();
            assertThat(got.add(before.runId())).isTrue();
            accept(
                    before,
                    wanted.startsAtOnce()
                            ? new WalkModel.Next(
                                    RunEvent.CLAIMED_AND_STARTED, ExecutionStatus.EXECUTING, RunStatus.EXECUTING)
                            : new WalkModel.Next(
                                    RunEvent.CLAIMED, ExecutionStatus.PENDING_EXECUTING, RunStatus.DEQUEUED));
            assertThat(run.state()).isEqualTo(known(before.runId()));
            if (wanted.startsAtOnce()) {
                open(known(before.runId()));
            }
        }
        assertThat(got.size()).as("claimed of %s", ready).isLessThanOrEqualTo(expected);
        if (!redisIsBehind && !redisIsAway) {
            assertThat(got).as("claimed of %s", ready).hasSize(expected);
        }
        ready.values().forEach(scope -> assertInOrder(scope, got));
    }

    /// Of one copy of a queue, no run is claimed while an earlier one is left.
    private static void assertInOrder(List<RunState> scope, Set<RunId> got) {
        boolean left = false;
        for (RunState state : scope) {
            boolean taken = got.contains(state.runId());
            assertThat(taken && left).as("%s overtook one of %s", state, scope).isFalse();
            left |= !taken;
        }
    }

    private void start(RunState state) {
        StartOutcome outcome = harness.engine.start(state.runId(), state.snapshotId(), EngineHarness.RUNNER);
        assertThat(outcome).isInstanceOf(StartOutcome.Started.class);
        accept(state, new WalkModel.Next(RunEvent.ATTEMPT_STARTED, ExecutionStatus.EXECUTING, RunStatus.EXECUTING));
        assertThat(known(state.runId()).attempt()).isEqualTo(state.attempt() + 1);
        open(known(state.runId()));
    }

    private void open(RunState state) {
        open.put(state.runId(), new Open(state.attempt(), ticks++, harness.clock.instant()));
    }

    private void succeed(RunState state) {
        String nonce = state.runId() + "#" + state.attempt();
        CompleteOutcome outcome = harness.engine.complete(
                state.runId(),
                state.snapshotId(),
                Completion.success(state.runId().toString(), nonce, "application/json", 5));
        assertThat(outcome).isInstanceOf(CompleteOutcome.Completed.class);
        accept(
                state,
                new WalkModel.Next(RunEvent.SUCCEEDED, ExecutionStatus.FINISHED, RunStatus.COMPLETED_SUCCESSFULLY));
        end(state.runId(), nonce);
    }

    private void fail(RunState state, @Nullable Duration retryAfter) {
        Completion.Retry retry = retryAfter == null ? null : new Completion.Retry(0, retryAfter.toMillis());
        assertThat(harness.fail(state, BOOM, retry)).isInstanceOf(CompleteOutcome.Completed.class);
        accept(state, WalkModel.failed(state, retryAfter));
        end(state.runId(), null);
    }

    private void end(RunId run, @Nullable String nonce) {
        Open ended = open.remove(run);
        if (ended != null) {
            history.addExecution(
                    new Execution(run.toString(), ended.attempt(), ended.from(), ticks++, ended.startedAt(), nonce));
        }
    }

    private void beat(RunState state) {
        assertThat(harness.engine.heartbeat(state.runId(), state.snapshotId())).isTrue();
        model.runs.put(state.runId(), harness.state(state.runId()));
        assertThat(known(state.runId()).version()).isEqualTo(state.version());
    }

    private void reportLate(RunState state) {
        SnapshotId old = Objects.requireNonNull(lost.get(state.runId()));
        CompleteOutcome outcome = harness.engine.complete(
                state.runId(), old, Completion.success(state.runId().toString(), "late", "application/json", 5));
        assertThat(outcome).as("the answer to a worker that lost its run").isInstanceOf(CompleteOutcome.Stale.class);
        assertThat(harness.engine.heartbeat(state.runId(), old)).isFalse();
    }

    private void cancel(RunState state) {
        CancelOutcome outcome = harness.engine.cancel(harness.environment, state.runId(), "not wanted");
        if (state.isFinished()) {
            assertThat(outcome).isInstanceOf(CancelOutcome.AlreadyFinished.class);
            return;
        }
        assertThat(outcome).isInstanceOf(CancelOutcome.Canceled.class);
        history.addCancel(new CancelCall(state.runId().toString(), ticks++));
        if (state.execution() == ExecutionStatus.PENDING_CANCEL) {
            return;
        }
        RunState after = harness.state(state.runId());
        accept(
                state,
                state.slotHeld()
                        ? new WalkModel.Next(RunEvent.CANCEL_REQUESTED, ExecutionStatus.PENDING_CANCEL, after.status())
                        : new WalkModel.Next(RunEvent.CANCELED, ExecutionStatus.FINISHED, RunStatus.CANCELED));
    }

    private void acknowledge(RunState state) {
        harness.fail(state, TaskRunError.Internal.of(InternalErrorCode.TASK_RUN_CANCELLED, "stopped"), null);
        accept(state, new WalkModel.Next(RunEvent.CANCELED, ExecutionStatus.FINISHED, RunStatus.CANCELED));
        end(state.runId(), null);
    }

    private void advance(Duration by) {
        harness.advance(by);
        if (redisIsBehind) {
            // The first step may only find out that Redis was flushed.
            harness.step();
        }
        catchUp();
    }

    /// What the engine's services just did, the model does too.
    private void catchUp() {
        redisIsBehind = redisIsAway;
        for (RunState state : List.copyOf(model.runs.values())) {
            model.whenTimeIs(state, harness.clock.instant(), harness.config()).ifPresent(next -> {
                accept(state, next);
                if (EnumSet.of(RunEvent.RECOVERED, RunEvent.GIVEN_UP, RunEvent.DISPATCH_LAPSED)
                        .contains(next.event())) {
                    lost.put(state.runId(), state.snapshotId());
                }
                lose(state);
            });
        }
    }

    /// The worker of an attempt is thought to be dead: nobody saw the end of what it did.
    private void lose(RunState state) {
        Open died = open.remove(state.runId());
        if (died != null) {
            history.addExecution(
                    new Execution(state.runId().toString(), died.attempt(), died.from(), null, died.startedAt(), null));
        }
    }

    /// Runs that were claimed under a higher limit go on when it falls, so what the tasks see is held
    /// against the highest that there was. A claim itself is held against the limit of its moment.
    private void limit(int task, int limit) {
        String queue = "task/" + TASKS.get(task);
        harness.limit(queue, limit);
        boolean wasUnlimited = !model.limits.containsKey(queue) && ticks > 0;
        int before = wasUnlimited ? Integer.MAX_VALUE : highest.getOrDefault(queue, 0);
        model.limits.put(queue, limit);
        highest.put(queue, Math.max(before, limit));
        if (limit > before) {
            String scope = harness.environment.value() + " " + queue;
            for (String copy : List.of(scope, scope + " key0", scope + " key1")) {
                history.addLimit(new LimitChange(copy, limit, ticks));
            }
        }
    }

    private void pause(boolean isPaused) {
        model.isPaused = isPaused;
        harness.controlPlane.change(harness.environment, WalkModel.ENVIRONMENT_LIMIT, isPaused);
        harness.engine.refreshLimits(harness.environment);
    }

    private void flush() {
        if (!redisIsAway) {
            redis.flush();
            redisIsBehind = true;
        }
    }

    private void killRedis() {
        if (!redisIsAway) {
            redis.kill();
            redisIsAway = true;
        }
    }

    private void reviveRedis() {
        if (redisIsAway) {
            redis.revive();
            redisIsAway = false;
            redisIsBehind = true;
        }
    }

    private void crash() {
        // Within one millisecond only one engine's own ids are in order.
        harness.clock.advance(Duration.ofMillis(1));
        harness.restart();
        catchUp();
    }

    private RunState known(RunId run) {
        return Objects.requireNonNull(model.runs.get(run), () -> run + " is no run that somebody triggered");
    }

    /// Takes over what became of a run, which must be what the model says.
    private void accept(RunState before, WalkModel.Next expected) {
        RunState after = harness.state(before.runId());
        assertThat(WalkModel.Next.of(after)).as("what follows %s", before).isEqualTo(expected);
        assertThat(after.version()).isEqualTo(before.version() + 1);
        model.runs.put(after.runId(), after);
    }

    private void nothingElseChanged() {
        Map<String, Integer> versions = new HashMap<>();
        harness.sql()
                .sql("select run_id, version from run_state")
                .query((row, _) -> versions.put(row.getString(1), row.getInt(2)))
                .list();
        Map<String, Integer> expected = new HashMap<>();
        model.runs.forEach((run, state) -> expected.put(run.value().toString(), state.version()));
        assertThat(versions).isEqualTo(expected);
    }

    /// Lets everything end, then checks the whole history.
    void finish() {
        reviveRedis();
        pause(false);
        for (int i = 0; i < TASKS.size(); i++) {
            limit(i, 2);
        }
        int rounds = 0;
        while (model.runs.values().stream().anyMatch(state -> !state.isFinished())) {
            assertThat(rounds++).as("rounds until everything ended").isLessThan(200);
            ticks++;
            advance(Duration.ofSeconds(31));
            claim(new WalkCommand.Claim(10, false));
            model.in(EnumSet.of(ExecutionStatus.PENDING_CANCEL)).forEach(this::acknowledge);
            model.in(EnumSet.of(ExecutionStatus.PENDING_EXECUTING, ExecutionStatus.EXECUTING)).stream()
                    .filter(this::waitsForStart)
                    .forEach(this::start);
            model.in(EnumSet.of(ExecutionStatus.EXECUTING)).stream()
                    .filter(this::runsAnAttempt)
                    .forEach(this::succeed);
            nothingElseChanged();
        }
        EngineHistory.requireGood(harness, history);
    }

    @Override
    public void close() {
        harness.close();
        if (redisIsAway) {
            redis.revive();
        }
    }
}
