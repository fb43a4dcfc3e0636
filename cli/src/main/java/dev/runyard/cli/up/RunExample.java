package dev.runyard.cli.up;

import dev.runyard.cli.CommandFailure;
import dev.runyard.cli.console.Console;
import dev.runyard.cli.deploy.BuildImage;
import dev.runyard.cli.deploy.DeployBundle;
import dev.runyard.cli.deploy.DeployBundle.Deployed;
import dev.runyard.cli.deploy.KeepBundle;
import dev.runyard.cli.deploy.Target;
import dev.runyard.sdk.TaskReference;
import dev.runyard.sdk.client.ClientConfig;
import dev.runyard.sdk.client.Run;
import dev.runyard.sdk.client.RunHandle;
import dev.runyard.sdk.client.RunQuery;
import dev.runyard.sdk.client.Runyard;
import dev.runyard.sdk.run.RunStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Deploys the examples and runs one of them, so that a new server shows at once that it works.
final class RunExample {
    private static final TaskReference<Object, Object> HELLO =
            TaskReference.to("hello-world", Object.class, Object.class);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final UpOptions options;
    private final DataFolder data;
    private final Console console;
    private final Target target;

    RunExample(UpOptions options, DataFolder data, Console console, Target target) {
        this.options = options;
        this.data = data;
        this.console = console;
        this.target = target;
    }

    void run(boolean areContainers) throws Exception {
        try (Runyard runyard = Runyard.connect(ClientConfig.of(target.url().toString(), target.secretKey()))) {
            sayWhatWasThere(runyard);
            deploy(areContainers);
            trigger(runyard);
        }
    }

    private void sayWhatWasThere(Runyard runyard) {
        List<Run> earlier = runyard.runs().list(RunQuery.all().pageSize(1)).runs();
        if (!earlier.isEmpty()) {
            Run newest = earlier.getFirst();
            console.part(
                    "runs",
                    "found those of before; the newest is %s (%s, %s)"
                            .formatted(newest.id(), newest.taskId(), newest.status()));
        }
    }

    private void deploy(boolean areContainers) throws Exception {
        Path bundle = options.home().resolve("examples/all/target/bundle");
        if (!Files.isDirectory(bundle)) {
            throw new CommandFailure("There is no bundle of the examples in " + bundle
                    + ". Run ./mvnw package -DskipTests, or pass --no-example.");
        }
        KeepBundle keepBundle = new KeepBundle(data.path("deployments"));
        BuildImage buildImage = new BuildImage(options.dockerfile());
        Deployed deployed = console.during(
                "examples",
                "deploying…",
                () -> new DeployBundle(target).deploy(bundle, (folder, contentHash) -> {
                    Path copy = keepBundle.keep(folder, contentHash);
                    return areContainers ? buildImage.build(copy, contentHash) : "bundle:" + copy;
                }));
        console.part(
                "examples",
                (deployed.isNew() ? "deployed as version " : "unchanged since version ") + deployed.version() + ", "
                        + Console.count(deployed.tasks(), "task"));
    }

    private void trigger(Runyard runyard) throws Exception {
        RunHandle<Object> handle = runyard.trigger(HELLO, Map.of("name", "world"));
        Run run = console.during(
                HELLO.id(),
                "running as " + handle.id() + "…",
                () -> runyard.runs().await(handle.id(), PATIENCE));
        if (run.status() == RunStatus.COMPLETED) {
            console.part(HELLO.id(), handle.id() + " completed: " + run.outputJson());
        } else {
            console.part(
                    HELLO.id(),
                    handle.id() + " ended as " + run.status() + ": "
                            + (run.error() == null
                                    ? "no reason given"
                                    : run.error().message()));
        }
    }
}
