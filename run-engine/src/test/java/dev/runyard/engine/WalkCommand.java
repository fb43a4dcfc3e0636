package dev.runyard.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Something that happens to an engine in a random walk. Runs are named by a number that is taken modulo those that are
/// there, so that a list of commands stays valid when some of them are left out.
sealed interface WalkCommand {
    /// A caller wants a run.
    ///
    /// @param task which task, by number
    /// @param key idempotency key, by number
    /// @param concurrencyKey which copy of the queue, by number
    /// @param delay how long not to start
    /// @param ttl how long it may wait
    record Trigger(
            int task,
            @Nullable Integer key,
            @Nullable Integer concurrencyKey,
            @Nullable Duration delay,
            @Nullable Duration ttl)
            implements WalkCommand {}

    /// A caller wants a run that collects the triggers of a key.
    ///
    /// @param task which task, by number
    /// @param key debounce key, by number
    /// @param delay how long the key must be quiet
    record TriggerDebounced(int task, int key, Duration delay) implements WalkCommand {}

    /// A worker asks for runs.
    ///
    /// @param startsAtOnce whether it starts them in the same step
    record Claim(int most, boolean startsAtOnce) implements WalkCommand {}

    /// A worker starts the next attempt of a run that it has.
    record Start(int run) implements WalkCommand {}

    record Succeed(int run) implements WalkCommand {}

    /// An attempt fails.
    ///
    /// @param retryAfter when its worker wants to try again, null where it does not
    record Fail(int run, @Nullable Duration retryAfter) implements WalkCommand {}

    record Heartbeat(int run) implements WalkCommand {}

    /// A worker that lost its run reports a success all the same.
    record ReportLate(int run) implements WalkCommand {}

    record Cancel(int run) implements WalkCommand {}

    /// A worker stopped what was canceled.
    record AcknowledgeCancel(int run) implements WalkCommand {}

    record Advance(Duration by) implements WalkCommand {}

    /// An operator changes the limit of a queue.
    record Limit(int task, int limit) implements WalkCommand {}

    record Pause(boolean isPaused) implements WalkCommand {}

    record FlushRedis() implements WalkCommand {}

    record KillRedis() implements WalkCommand {}

    record ReviveRedis() implements WalkCommand {}

    record CrashEngine() implements WalkCommand {}

    /// Draws a list of commands; the same seed draws the same.
    static List<WalkCommand> draw(long seed, int length) {
        Random random = new Random(seed);
        List<WalkCommand> commands = new ArrayList<>();
        while (commands.size() < length) {
            commands.add(drawOne(random));
        }
        return commands;
    }

    private static WalkCommand drawOne(Random random) {
        int dice = random.nextInt(100);
        int run = random.nextInt(1_000);
        if (dice < 26) {
            return random.nextInt(5) == 0 ? drawDebounced(random) : drawTrigger(random);
        } else if (dice < 42) {
            return new Claim(1 + random.nextInt(4), random.nextInt(3) == 0);
        } else if (dice < 52) {
            return new Start(run);
        } else if (dice < 62) {
            return new Succeed(run);
        } else if (dice < 70) {
            return drawFailure(random, run);
        } else {
            return drawRare(random, dice, run);
        }
    }

    private static WalkCommand drawRare(Random random, int dice, int run) {
        return switch (dice) {
            case 70, 71, 72 -> new Heartbeat(run);
            case 73, 74, 75 -> new ReportLate(run);
            case 76, 77, 78 -> new Cancel(run);
            case 79, 80 -> new AcknowledgeCancel(run);
            case 81, 82 -> new Limit(random.nextInt(EngineWalk.TASKS.size()), random.nextInt(4));
            case 83, 84 -> new Pause(dice == 83);
            case 85, 86 -> new FlushRedis();
            case 87 -> new KillRedis();
            case 88, 89 -> new ReviveRedis();
            case 90, 91 -> new CrashEngine();
            case 92, 93, 94, 95 -> new Advance(Duration.ofMillis(1 + random.nextInt(3_000)));
            default -> new Advance(Duration.ofSeconds(1 + random.nextInt(90)));
        };
    }

    private static Trigger drawTrigger(Random random) {
        return new Trigger(
                random.nextInt(EngineWalk.TASKS.size()),
                random.nextInt(4) == 0 ? random.nextInt(5) : null,
                random.nextInt(4) == 0 ? random.nextInt(2) : null,
                random.nextInt(5) == 0 ? Duration.ofSeconds(1 + random.nextInt(40)) : null,
                random.nextInt(5) == 0 ? Duration.ofSeconds(1 + random.nextInt(60)) : null);
    }

    private static TriggerDebounced drawDebounced(Random random) {
        return new TriggerDebounced(
                random.nextInt(EngineWalk.TASKS.size()), random.nextInt(2), Duration.ofSeconds(1 + random.nextInt(40)));
    }

    private static Fail drawFailure(Random random, int run) {
        return new Fail(
                run,
                switch (random.nextInt(3)) {
                    case 0 -> null;
                    case 1 -> Duration.ofSeconds(random.nextInt(20));
                    default -> Duration.ofSeconds(30 + random.nextInt(60));
                });
    }
}
