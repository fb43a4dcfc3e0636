package dev.runyard.cli.deploy;

import dev.runyard.cli.CommandFailure;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "promote",
        description = "Gives new runs a version that was deployed before. Runs that have begun stay on theirs.",
        mixinStandardHelpOptions = true)
public final class PromoteCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "VERSION", description = "Its number, such as 20261121.4.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String version;

    @Option(names = "--rollback", description = "Go back: the version may be older than the one that new runs get now.")
    private boolean isRollback;

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
        try (DeploymentApi api = new DeploymentApi(new Target(url, key))) {
            api.promote(version, isRollback);
        }
        spec.commandLine().getOut().println("New runs get version " + version + ".");
        return 0;
    }
}
