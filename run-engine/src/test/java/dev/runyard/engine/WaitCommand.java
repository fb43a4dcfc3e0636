package dev.runyard.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Something that happens to runs that wait, in a random walk. Runs, tokens and batches are named by a
/// number that is taken modulo those that are there, so that a list of commands stays valid when some of
/// them are left out.
sealed interface WaitCommand {
    /// A caller wants a run.
    record Begin() implements WaitCommand {}

    /// Workers take what is handed out: they start, go on from a checkpoint, or stop what was canceled.
    record Work(int most) implements WaitCommand {}

    /// @param older whether the run waits for tokens that others may wait for, too
    record WaitForTokens(int run, int tokens, boolean older) implements WaitCommand {}

    record WaitForTime(int run, Duration time) implements WaitCommand {}

    record WaitForChild(int run) implements WaitCommand {}

    record WaitForBatch(int run, int items) implements WaitCommand {}

    /// A client brings some items of a batch, maybe once more.
    record Upload(int batch, int from, int amount) implements WaitCommand {}

    record CompleteToken(int token) implements WaitCommand {}

    /// The process of a waiting run is stored and ends.
    record Suspend(int run) implements WaitCommand {}

    record Succeed(int run) implements WaitCommand {}

    /// An attempt fails for good.
    record Fail(int run) implements WaitCommand {}

    record Cancel(int run) implements WaitCommand {}

    /// Time passes while workers say that they live.
    record Advance(Duration by) implements WaitCommand {}

    /// Time passes, and no worker says anything.
    record Stall() implements WaitCommand {}

    record FlushRedis() implements WaitCommand {}

    /// The engine dies in the middle of a command, whose caller asks once more.
    ///
    /// @param during the command
    /// @param point how many sync points it passes before
    record Crash(WaitCommand during, int point) implements WaitCommand {}

    /// Draws a list of commands; the same seed draws the same.
    static List<WaitCommand> draw(long seed, int length) {
        Random random = new Random(seed);
        List<WaitCommand> commands = new ArrayList<>();
        while (commands.size() < length) {
            commands.add(drawOne(random));
        }
        return commands;
    }

    private static WaitCommand drawOne(Random random) {
        int dice = random.nextInt(100);
        int run = random.nextInt(1_000);
        if (dice < 14) {
            return new Begin();
        } else if (dice < 32) {
            return new Work(1 + random.nextInt(4));
        } else if (dice < 56) {
            return drawWait(random, run);
        } else if (dice < 86) {
            return drawProgress(random, run);
        } else {
            return drawRare(random, run);
        }
    }

    private static WaitCommand drawWait(Random random, int run) {
        return switch (random.nextInt(6)) {
            case 0, 1 -> new WaitForTokens(run, 1 + random.nextInt(3), random.nextBoolean());
            case 2 -> new WaitForTime(run, Duration.ofSeconds(1 + random.nextInt(40)));
            case 3 -> new WaitForChild(run);
            default -> new WaitForBatch(run, 1 + random.nextInt(4));
        };
    }

    private static WaitCommand drawProgress(Random random, int run) {
        return switch (random.nextInt(6)) {
            case 0, 1 -> new Upload(run, random.nextInt(4), 1 + random.nextInt(4));
            case 2 -> new CompleteToken(run);
            case 3 -> new Suspend(run);
            case 4 -> new Succeed(run);
            default -> new Advance(Duration.ofSeconds(1 + random.nextInt(20)));
        };
    }

    private static WaitCommand drawRare(Random random, int run) {
        return switch (random.nextInt(8)) {
            case 0 -> new Fail(run);
            case 1, 2 -> new Cancel(run);
            case 3 -> new Stall();
            case 4 -> new FlushRedis();
            default -> new Crash(drawProgress(random, run), random.nextInt(6));
        };
    }
}
