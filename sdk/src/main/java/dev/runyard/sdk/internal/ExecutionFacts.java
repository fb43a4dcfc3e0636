package dev.runyard.sdk.internal;

import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.worker.TaskRunExecution;
import dev.runyard.sdk.TaskContext;
import dev.runyard.sdk.Triggerable;
import dev.runyard.sdk.TypeReference;
import dev.runyard.sdk.run.BatchItem;
import dev.runyard.sdk.run.IdempotencyKey;
import dev.runyard.sdk.run.IdempotencyScope;
import dev.runyard.sdk.run.RunResult;
import dev.runyard.sdk.run.TokenOptions;
import dev.runyard.sdk.run.TokenResult;
import dev.runyard.sdk.run.TriggerOptions;
import dev.runyard.sdk.run.TriggeredBatch;
import dev.runyard.sdk.run.TriggeredRun;
import dev.runyard.sdk.run.WaitToken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The part of a context that only passes on: facts of the execution, triggers and waits. */
abstract sealed class ExecutionFacts implements TaskContext permits AttemptContext {
    private final TaskRunExecution execution;

    ExecutionFacts(TaskRunExecution execution) {
        this.execution = execution;
    }

    abstract RunTriggers triggers();

    abstract RunWaits waits();

    @Override
    public Run run() {
        TaskRunExecution.Run run = execution.run();
        return new Run(
                run.id().toString(),
                run.tags(),
                run.isTest(),
                run.isReplay(),
                run.createdAt(),
                run.startedAt(),
                run.idempotencyKey(),
                run.maxAttempts(),
                run.version(),
                Objects.requireNonNullElse(run.metadata(), Map.of()),
                run.idempotencyKeyScope(),
                run.maxDuration(),
                run.priority(),
                text(run.parentTaskRunId()),
                text(run.rootTaskRunId()),
                run.region(),
                run.baseCostInCents());
    }

    private static @Nullable String text(@Nullable RunId run) {
        return run == null ? null : run.toString();
    }

    @Override
    public Attempt attempt() {
        return new Attempt(execution.attempt().number(), execution.attempt().startedAt());
    }

    @Override
    public String taskId() {
        return execution.task().id();
    }

    @Override
    public String taskFilePath() {
        return execution.task().filePath();
    }

    @Override
    public String queue() {
        return execution.queue().name();
    }

    @Override
    public String queueId() {
        return execution.queue().id();
    }

    @Override
    public Environment environment() {
        TaskRunExecution.Environment environment = execution.environment();
        return new Environment(environment.id(), environment.slug(), environment.type());
    }

    @Override
    public Project project() {
        TaskRunExecution.Project project = execution.project();
        return new Project(project.ref(), project.name(), project.id(), project.slug());
    }

    @Override
    public Organization organization() {
        TaskRunExecution.Organization organization = execution.organization();
        return new Organization(organization.id(), organization.slug(), organization.name());
    }

    @Override
    public Optional<Deployment> deployment() {
        return Optional.ofNullable(execution.deployment())
                .map(release -> new Deployment(
                        release.id(),
                        release.shortCode(),
                        release.version(),
                        release.runtime(),
                        release.runtimeVersion()));
    }

    @Override
    public Optional<String> batchId() {
        return Optional.ofNullable(execution.batch()).map(TaskRunExecution.Batch::id);
    }

    @Override
    public MachinePreset machine() {
        return execution.machine().name();
    }

    @Override
    public MachineSize machineSize() {
        var machine = execution.machine();
        return new MachineSize(machine.name(), machine.cpu(), machine.memory(), machine.centsPerMs());
    }

    @Override
    public <I extends @Nullable Object, O extends @Nullable Object> TriggeredRun trigger(
            Triggerable<I, O> task, I payload, TriggerOptions options) {
        return triggers().trigger(task, payload, options);
    }

    @Override
    public <I extends @Nullable Object, O extends @Nullable Object> RunResult<O> triggerAndWait(
            Triggerable<I, O> task, I payload, TriggerOptions options) {
        return triggers().triggerAndWait(task, payload, options);
    }

    @Override
    public TriggeredBatch batchTrigger(List<? extends BatchItem<?>> items) {
        return triggers().batchTrigger(items);
    }

    @Override
    public <O extends @Nullable Object> List<RunResult<O>> batchTriggerAndWait(
            List<? extends BatchItem<? extends O>> items) {
        return triggers().batchTriggerAndWait(items);
    }

    @Override
    public IdempotencyKey idempotencyKey(IdempotencyScope scope, String... parts) {
        return triggers().idempotencyKey(scope, parts);
    }

    @Override
    public void waitFor(Duration duration) {
        waits().waitFor(duration);
    }

    @Override
    public void waitUntil(Instant moment) {
        waits().waitUntil(moment);
    }

    @Override
    public WaitToken createToken(TokenOptions options) {
        return waits().createToken(options);
    }

    @Override
    public <T extends @Nullable Object> TokenResult<T> waitForToken(String tokenId, Class<T> type) {
        return waits().waitForToken(tokenId, type);
    }

    @Override
    public <T extends @Nullable Object> TokenResult<T> waitForToken(String tokenId, TypeReference<T> type) {
        return waits().waitForToken(tokenId, type);
    }

    @Override
    public void completeToken(String tokenId, @Nullable Object output) {
        waits().completeToken(tokenId, output);
    }
}
