package dev.runyard.e2e.faults;

import dev.runyard.e2e.tasks.WitnessTasks;
import dev.runyard.sdk.Task;
import dev.runyard.sdk.client.RunHandle;
import dev.runyard.sdk.client.Runyard;
import dev.runyard.sdk.run.TriggerOptions;
import dev.runyard.testkit.history.CancelCall;
import dev.runyard.testkit.history.History;
import dev.runyard.testkit.history.TriggerCall;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Callers that trigger and cancel runs through both webapps, and note what they were told.
final class FaultLoad implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FaultLoad.class);
    private static final int CALLERS = 3;
    private static final Duration PAUSE = Duration.ofMillis(1_500);
    private static final Duration SHUN = Duration.ofSeconds(5);
    /// How long code that started before a cancellation may take to write its first line.
    private static final long CANCEL_GRACE_MS = 5_000;

    private final List<Runyard> clients;
    private final Path witness;
    private final List<Thread> callers = new ArrayList<>();
    private final List<TriggerCall> triggers = Collections.synchronizedList(new ArrayList<>());
    private final List<CancelCall> cancels = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLongArray shunnedUntil;
    private final AtomicInteger failedCancels = new AtomicInteger();
    private volatile boolean stopping;

    private FaultLoad(List<Runyard> clients, Path witness) {
        this.clients = clients;
        this.witness = witness;
        this.shunnedUntil = new AtomicLongArray(clients.size());
    }

    static FaultLoad start(FaultCluster cluster, Path witness, long seed) {
        FaultLoad load = new FaultLoad(cluster.clients(), witness);
        for (int i = 0; i < CALLERS; i++) {
            Random random = new Random(seed * 31 + i);
            String name = "caller-" + i;
            load.callers.add(Thread.ofVirtual().name(name).start(() -> load.call(name, random)));
        }
        return load;
    }

    private void call(String caller, Random random) {
        for (int number = 0; !stopping; number++) {
            int target = choose(random);
            Runyard client = clients.get(target);
            @Nullable String run = trigger(client, caller + "-" + number, random);
            if (run == null) {
                shunnedUntil.set(target, System.currentTimeMillis() + SHUN.toMillis());
            } else if (random.nextInt(12) == 0) {
                cancel(client, run);
            }
            try {
                Thread.sleep(PAUSE.toMillis() / 2 + random.nextLong(PAUSE.toMillis()));
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /// Leaves out a webapp that just failed, as a load balancer does.
    private int choose(Random random) {
        int first = random.nextInt(clients.size());
        int other = (first + 1) % clients.size();
        return shunnedUntil.get(first) > System.currentTimeMillis() ? other : first;
    }

    private @Nullable String trigger(Runyard client, String nonce, Random random) {
        Task<WitnessTasks.Order, String> task = random.nextInt(5) == 0 ? WitnessTasks.SERIAL : WitnessTasks.WIDE;
        TriggerOptions options = TriggerOptions.none();
        @Nullable String key = null;
        int succeedsAt = 1;
        switch (random.nextInt(10)) {
            case 0, 1 -> {
                key = "key-" + random.nextInt(20);
                options = options.idempotencyKey(key);
            }
            case 2 -> options = options.delay(Duration.ofSeconds(2 + random.nextInt(4)));
            case 3 -> succeedsAt = 2;
            case 4 -> options = options.ttl(Duration.ofSeconds(3));
            case 5 -> options = options.concurrencyKey("tenant-" + random.nextInt(2));
            default -> {}
        }
        WitnessTasks.Order order =
                new WitnessTasks.Order(witness.toString(), 50 + random.nextInt(800), succeedsAt, nonce);
        long sentAt = System.currentTimeMillis();
        try {
            RunHandle<String> handle = client.trigger(task, order, options);
            note(task, key, handle.id(), handle.isCached(), sentAt);
            return handle.id();
        } catch (RuntimeException e) {
            LOG.info("a trigger got no answer: {}", e.getMessage());
            note(task, key, null, false, sentAt);
            return null;
        }
    }

    private void note(Task<?, ?> task, @Nullable String key, @Nullable String run, boolean isCached, long sentAt) {
        triggers.add(new TriggerCall("prod", task.id(), key, run, isCached, sentAt, System.currentTimeMillis()));
    }

    private void cancel(Runyard client, String run) {
        try {
            client.runs().cancel(run);
            cancels.add(new CancelCall(run, System.currentTimeMillis() + CANCEL_GRACE_MS));
        } catch (RuntimeException e) {
            failedCancels.incrementAndGet();
        }
    }

    /// Stops calling, waits for the calls under way, and tells what was called.
    void stop(History history) throws InterruptedException {
        stopping = true;
        for (Thread caller : callers) {
            caller.join(Duration.ofMinutes(2));
        }
        triggers.forEach(history::addTrigger);
        cancels.forEach(history::addCancel);
    }

    /// Calls of all kinds.
    int calls() {
        return triggers.size() + cancels.size() + failedCancels.get();
    }

    /// Calls that got an answer.
    int answered() {
        return (int) triggers.stream().filter(call -> call.run() != null).count() + cancels.size();
    }

    /// Runs that somebody was told of.
    long accepted() {
        return triggers.stream()
                .map(TriggerCall::run)
                .filter(Objects::nonNull)
                .distinct()
                .count();
    }

    @Override
    public void close() {
        stopping = true;
        callers.forEach(Thread::interrupt);
        clients.forEach(Runyard::close);
    }
}
