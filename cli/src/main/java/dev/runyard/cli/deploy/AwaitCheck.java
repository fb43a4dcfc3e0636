package dev.runyard.cli.deploy;

import dev.runyard.cli.CommandFailure;
import dev.runyard.cli.deploy.DeploymentApi.Begun;
import dev.runyard.cli.deploy.DeploymentApi.Progress;
import java.time.Duration;

/// Waits until a supervisor has shown that an image starts.
final class AwaitCheck {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Duration patience;

    AwaitCheck() {
        this(PATIENCE);
    }

    AwaitCheck(Duration patience) {
        this.patience = patience;
    }

    void await(DeploymentApi api, Begun deployment, String reference) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Progress progress = api.progress(deployment);
            switch (progress.status()) {
                case "DEPLOYED" -> {
                    return;
                }
                case "FAILED" ->
                    throw new CommandFailure("Version " + deployment.version() + " was not released, because "
                            + reference + " does not start on a worker:\n" + progress.failure());
                default -> pause(deadline, deployment);
            }
        }
    }

    private void pause(long deadline, Begun deployment) {
        if (System.nanoTime() > deadline) {
            throw new CommandFailure("No supervisor has tried the image of version " + deployment.version() + " within "
                    + patience.toMinutes() + " minutes. Start one, or deploy with --no-check.");
        }
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while a supervisor tried the image", e);
        }
    }
}
