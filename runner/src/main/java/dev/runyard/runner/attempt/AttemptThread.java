package dev.runyard.runner.attempt;

import dev.runyard.protocol.worker.TaskRunExecution;
import dev.runyard.runner.thread.RunThreads;
import dev.runyard.sdk.internal.AttemptContext;
import dev.runyard.sdk.internal.AttemptOutcome;
import dev.runyard.sdk.internal.StackText;
import dev.runyard.sdk.internal.TaskAttempt;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The thread that executes the task's code, and how it ended. */
final class AttemptThread {
    private final Thread thread;

    private final TaskRunExecution execution;
    private final AttemptContext context;
    private final TaskSource findTask;
    private final CompletableFuture<AttemptOutcome> outcome = new CompletableFuture<>();
    private volatile @Nullable TaskAttempt attempt;

    AttemptThread(TaskRunExecution execution, AttemptContext context, TaskSource findTask, RunThreads threads) {
        this.execution = execution;
        this.context = context;
        this.findTask = findTask;
        this.thread = threads.unstarted("task-" + execution.task().id(), this::execute);
    }

    void start() {
        thread.start();
    }

    CompletableFuture<AttemptOutcome> outcome() {
        return outcome;
    }

    /** Asks the task's code to stop and waits for it; false where it still runs after that time. */
    boolean stop(String reason, Duration grace) throws InterruptedException {
        context.stop(reason);
        thread.interrupt();
        return awaitEnd(grace);
    }

    /** The same for a canceled run: the task's own hook runs beside the interrupted body. */
    boolean cancel(String reason, Duration grace) throws InterruptedException {
        long deadline = System.nanoTime() + grace.toNanos();
        context.stop(reason);
        thread.interrupt();
        TaskAttempt running = attempt;
        if (running != null && !outcome.isDone()) {
            Thread hook = Thread.ofPlatform().name("task-cancel").daemon().start(running::cancel);
            hook.join(grace);
        }
        return awaitEnd(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }

    private boolean awaitEnd(Duration atMost) throws InterruptedException {
        try {
            outcome.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        }
    }

    private void execute() {
        try {
            outcome.complete(
                    switch (findTask.find(execution.task())) {
                        case FoundTask.Unusable unusable -> new AttemptOutcome.Failed(unusable.error(), null, false);
                        case FoundTask.Found found -> {
                            TaskAttempt running = new TaskAttempt(
                                    found.task(), found.project(), execution, context, RandomGenerator.getDefault());
                            attempt = running;
                            yield running.run();
                        }
                    });
        } catch (Throwable e) { // nobody else would learn that this thread is gone
            outcome.complete(new AttemptOutcome.Failed(StackText.toError(e), null, false));
        }
    }
}
