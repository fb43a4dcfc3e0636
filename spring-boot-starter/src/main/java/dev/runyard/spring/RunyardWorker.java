package dev.runyard.spring;

import dev.runyard.worker.TaskSet;
import dev.runyard.worker.Worker;
import dev.runyard.worker.WorkerOptions;
import dev.runyard.worker.WorkerStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * The worker as a part of the application: it starts after everything else and stops before anything else, so that tasks
 * find the beans that they use.
 */
public final class RunyardWorker implements SmartLifecycle {
    private final WorkerOptions options;
    private final TaskSet tasks;
    private final Duration shutdownGrace;
    private volatile @Nullable Worker worker;

    RunyardWorker(WorkerOptions options, TaskSet tasks, Duration shutdownGrace) {
        this.options = options;
        this.tasks = tasks;
        this.shutdownGrace = shutdownGrace;
    }

    /** Returns how it is. */
    public WorkerStatus status() {
        Worker running = worker;
        return running == null
                ? new WorkerStatus(WorkerStatus.State.STOPPED, null, 0, 0, options.concurrency(), "it was not started")
                : running.status();
    }

    @Override
    public void start() {
        worker = Worker.start(options, tasks);
    }

    @Override
    public void stop() {
        Worker running = worker;
        if (running != null) {
            try {
                running.stop(shutdownGrace);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        WorkerStatus.State state = status().state();
        return state == WorkerStatus.State.STARTING || state == WorkerStatus.State.TAKING;
    }
}
