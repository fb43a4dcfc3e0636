package dev.runyard.worker;

import dev.runyard.protocol.worker.DequeuedMessage;
import dev.runyard.runner.thread.RunThreads;
import dev.runyard.sdk.internal.Pacer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes runs of an environment in this process, several at once, each on a virtual thread.
 *
 * {@snippet :
 * WorkerOptions options = WorkerOptions.of(ClientConfig.fromEnvironment()).withConcurrency(50);
 * try (Worker worker = Worker.start(options, TaskSet.of(Greetings.class))) {
 *     worker.awaitRegistered(Duration.ofSeconds(10));
 *     // ... until the application ends
 * }
 * }
 *
 * <p>At its start it registers its tasks as the environment's current version, and from then on the environment's runs go
 * to workers like this one and not to supervisors. Several processes may do so; each takes the runs that it has room for.
 *
 * <p>A run that waits holds its virtual thread and no slot. It is not stored: where the process ends, the attempt ends with
 * it, and the run's retry settings decide about another one.
 *
 * <p>Task code is not isolated. It shares the process with whatever else is there, so that a machine preset means nothing
 * here, and code that ignores its interruption goes on after its run was canceled.
 */
public final class Worker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration DEFAULT_GRACE = Duration.ofSeconds(20);
    private static final Duration AFTER_STOP = Duration.ofSeconds(10);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final WorkerOptions options;
    private final WorkerApi api;
    private final WaitFeed feed;
    private final Slots slots;
    private final Map<String, TaskSet> versions = new ConcurrentHashMap<>();
    private final Collection<HeldRun> held = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<String> registered = new CompletableFuture<>();
    private final Thread thread;
    private volatile TaskSet current;
    private volatile WorkerStatus.State state = WorkerStatus.State.STARTING;
    private volatile @Nullable String version;
    private volatile @Nullable String problem;

    private Worker(WorkerOptions options, TaskSet tasks) {
        this.options = options;
        this.current = tasks;
        this.api = new WorkerApi(options);
        this.feed = new WaitFeed(api);
        this.slots = new Slots(options.concurrency());
        this.thread = RunThreads.VIRTUAL.unstarted("runyard-worker", this::work);
    }

    /** Starts a worker. It registers in the background, so that an application starts although the server is away. */
    public static Worker start(WorkerOptions options, TaskSet tasks) {
        Worker worker = new Worker(options, tasks);
        worker.feed.start();
        worker.thread.start();
        return worker;
    }

    /**
     * Waits until the tasks are registered; returns the version.
     *
     * @throws IllegalStateException where they are not after that time, with the reason
     */
    public String awaitRegistered(Duration atMost) throws InterruptedException {
        try {
            return registered.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IllegalStateException(
                    "The tasks were not registered within " + atMost.toMillis() + " ms: "
                            + Objects.requireNonNullElse(problem, "no answer yet"),
                    e);
        }
    }

    /**
     * Registers other tasks as the current version. Runs of earlier ones go on with what they began with.
     *
     * @throws IllegalStateException where the server does not take them
     */
    public String replace(TaskSet tasks) throws InterruptedException {
        try {
            return register(tasks);
        } catch (WorkerApiException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Returns how the worker is. */
    public WorkerStatus status() {
        return new WorkerStatus(state, version, slots.running(), slots.waiting(), options.concurrency(), problem);
    }

    /**
     * Takes no more runs, lets those that it has end, and interrupts what is left after that time. A run whose code was
     * interrupted is given back to the server, where its retry settings decide what follows.
     *
     * @return whether all runs ended by themselves
     */
    public boolean stop(Duration grace) throws InterruptedException {
        state = WorkerStatus.State.STOPPING;
        slots.close();
        try {
            boolean ended = awaitEnd(grace);
            held.forEach(HeldRun::stop);
            if (!ended && !slots.awaitNone(AFTER_STOP.toNanos())) {
                LOG.warn(
                        "{} runs do not obey their interruption and are left behind",
                        slots.running() + slots.waiting());
            }
            return ended;
        } finally {
            state = WorkerStatus.State.STOPPED;
            thread.interrupt();
            feed.close();
            api.close();
        }
    }

    /** Stops with a grace of twenty seconds. */
    @Override
    public void close() {
        try {
            stop(DEFAULT_GRACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The server may still hold a question for runs; what it hands out then belongs to those that must end. */
    private boolean awaitEnd(Duration grace) throws InterruptedException {
        long deadline = System.nanoTime() + grace.toNanos();
        thread.join(Duration.ofNanos(Math.max(
                1,
                Math.min(grace.toNanos(), options.pollTimeout().plusSeconds(1).toNanos()))));
        return slots.awaitNone(Math.max(0, deadline - System.nanoTime()));
    }

    private void work() {
        try {
            registerPatiently();
            while (state == WorkerStatus.State.TAKING) {
                int free = slots.awaitFree();
                if (free > 0) {
                    take(free);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void registerPatiently() throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (state == WorkerStatus.State.STARTING) {
            try {
                register(current);
                return;
            } catch (WorkerApiException e) {
                note("The tasks could not be registered: " + e.getMessage());
                Pacer.SLEEPING.pause(pause);
                pause = longer(pause);
            }
        }
    }

    private synchronized String register(TaskSet tasks) throws WorkerApiException, InterruptedException {
        WorkerApi.Registered made = api.register(tasks.metadata());
        versions.put(made.id(), tasks);
        current = tasks;
        version = made.number();
        problem = null;
        if (state == WorkerStatus.State.STARTING) {
            state = WorkerStatus.State.TAKING;
        }
        options.listener().registered(made.number(), tasks.metadata().tasks().size());
        registered.complete(made.number());
        return made.number();
    }

    private void take(int free) throws InterruptedException {
        try {
            List<DequeuedMessage> messages = api.dequeue(free);
            problem = null;
            messages.forEach(this::begin);
        } catch (WorkerApiException e) {
            note("No runs can be taken: " + e.getMessage());
            Pacer.SLEEPING.pause(AFTER_FAILURE);
        }
    }

    private void begin(DequeuedMessage message) {
        HeldRun run = new HeldRun(api, options, feed, slots, message);
        // A version that another process registered is executed with the code that is here.
        TaskSet tasks =
                versions.getOrDefault(message.backgroundWorker().friendlyId().toString(), current);
        held.add(run);
        slots.begin();
        options.listener().taken(message.run().friendlyId().toString());
        RunThreads.VIRTUAL.start("run-" + message.run().friendlyId(), () -> execute(run, tasks));
    }

    private void execute(HeldRun run, TaskSet tasks) {
        try {
            Thread.currentThread().setContextClassLoader(tasks.loader());
            run.execute(tasks);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) { // nobody else would hear of it
            LOG.error("A run could not be executed", e);
        } finally {
            held.remove(run);
            slots.end();
        }
    }

    private void note(String sentence) {
        if (!sentence.equals(problem)) {
            LOG.warn(sentence);
            options.listener().problem(sentence);
        }
        problem = sentence;
    }

    private static Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }
}
