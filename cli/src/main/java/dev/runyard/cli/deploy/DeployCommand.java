package dev.runyard.cli.deploy;

import dev.runyard.cli.CommandFailure;
import dev.runyard.cli.deploy.DeployBundle.Deployed;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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
            names = "--external-id",
            paramLabel = "ID",
            defaultValue = "${env:TRIGGER_EXTERNAL_DEPLOYMENT_ID}",
            description = "What the version is called outside, such as its commit; runs may ask for it by that"
                    + " (default: $TRIGGER_EXTERNAL_DEPLOYMENT_ID).")
    private @Nullable String externalId;

    @Option(
            names = "--url",
            defaultValue = "${env:TRIGGER_API_URL:-http://localhost:3030}",
            description = "Address of the server (default: $TRIGGER_API_URL, or http://localhost:3030).")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private URI url;

    @Option(
            names = "--key",
            defaultValue = "${env:TRIGGER_SECRET_KEY:-}",
            description = "Secret key of the environment (default: $TRIGGER_SECRET_KEY).")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String key;

    @Override
    public Integer call() {
        if (key.isBlank()) {
            throw new CommandFailure("Give the environment's secret key with --key or in TRIGGER_SECRET_KEY.");
        }
        Path folder = bundle.toAbsolutePath().normalize();
        String reference = image == null ? "bundle:" + folder : image;
        Deployed deployed = new DeployBundle(new Target(url, key)).deploy(folder, (_, _) -> reference, externalId);
        spec.commandLine()
                .getOut()
                .println("Deployed version " + deployed.version() + " with " + deployed.tasks() + " tasks.");
        return 0;
    }
}
