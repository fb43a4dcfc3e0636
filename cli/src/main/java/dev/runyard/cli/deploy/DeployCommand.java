package dev.runyard.cli.deploy;

import dev.runyard.cli.CommandFailure;
import dev.runyard.cli.console.Console;
import dev.runyard.cli.deploy.DeployBundle.Deployed;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "deploy",
        description = "Deploys a bundle of tasks: a folder with lib/*.jar.",
        mixinStandardHelpOptions = true)
public final class DeployCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--bundle", required = true, paramLabel = "DIR", description = "The bundle's folder.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path bundle;

    @Option(
            names = "--image",
            paramLabel = "REF",
            description = "The bundle's image, for supervisors that start containers."
                    + " Where absent, supervisors must see the folder itself.")
    private @Nullable String image;

    @Option(
            names = "--registry",
            paramLabel = "REPOSITORY",
            description = "Makes an image and pushes it there, such as localhost:5000/tasks. ")
    private @Nullable String registry;

    @Option(
            names = "--builder",
            defaultValue = "jib",
            description = "What makes the image: jib needs no Docker engine, docker makes images that start faster"
                    + " (default: jib).")
    private Builder builder = Builder.JIB;

    @Option(
            names = "--base",
            paramLabel = "IMAGE",
            defaultValue = "eclipse-temurin:25-jre",
            description = "What jib builds on: an image with a Java 25 (default: eclipse-temurin:25-jre).")
    private String base = "";

    @Option(
            names = "--registry-user",
            defaultValue = "${env:RUNYARD_REGISTRY_USER}",
            description =
                    "The registry's user (default: $RUNYARD_REGISTRY_USER, or that of `docker login`). The password"
                            + " is taken from RUNYARD_REGISTRY_PASSWORD.")
    private @Nullable String registryUser;

    @Option(
            names = "--check",
            negatable = true,
            description = "Wait until a supervisor has fetched and started the image before the version counts"
                    + " (default where --registry is given).")
    private @Nullable Boolean isChecked;

    @Option(names = "--no-promote", description = "Let new runs keep the version that they get now.")
    private boolean isUnpromoted;

    @Option(
            names = "--external-id",
            paramLabel = "ID",
            defaultValue = "${env:TRIGGER_EXTERNAL_DEPLOYMENT_ID}",
            description = "What the version is called outside, such as its commit; runs may ask for it by that"
                    + " (default: $TRIGGER_EXTERNAL_DEPLOYMENT_ID).")
    private @Nullable String externalId;

    @Mixin
    private final TargetOptions environment = new TargetOptions();

    /// What makes images.
    enum Builder {
        JIB,
        DOCKER
    }

    @Override
    public Integer call() {
        Target target = environment.target();
        Path folder = bundle.toAbsolutePath().normalize();
        if (image != null && registry != null) {
            throw new CommandFailure("Give either --image, which exists already, or --registry, for one that is made.");
        }
        Release release = new Release(externalId, isChecked == null ? registry != null : isChecked, !isUnpromoted);
        Deployed deployed = new DeployBundle(target).deploy(folder, publish(), release);
        spec.commandLine()
                .getOut()
                .println("Deployed version " + deployed.version() + " with " + Console.count(deployed.tasks(), "task")
                        + ".");
        if (!deployed.warning().isEmpty()) {
            spec.commandLine().getErr().println("warning: " + deployed.warning());
        }
        return 0;
    }

    private DeployBundle.Publish publish() {
        if (registry != null) {
            ImageTarget target = new ImageTarget(registry, base, login());
            return builder == Builder.JIB
                    ? new PushImage(target)
                    : new BuildAndPush(target, new BuildImage(dockerfile()));
        }
        return image == null ? (folder, _) -> "bundle:" + folder : withImage(image);
    }

    private static DeployBundle.Publish withImage(String reference) {
        return (_, _) -> reference;
    }

    private ImageTarget.@Nullable Login login() {
        String password = System.getenv("RUNYARD_REGISTRY_PASSWORD");
        if (registryUser == null || registryUser.isBlank()) {
            return null;
        }
        if (password == null) {
            throw new CommandFailure("The password of " + registryUser + " is missing; set RUNYARD_REGISTRY_PASSWORD.");
        }
        return new ImageTarget.Login(registryUser, password);
    }

    private static Path dockerfile() {
        return Path.of(System.getProperty("runyard.home", "")).resolve("examples/Dockerfile");
    }
}
