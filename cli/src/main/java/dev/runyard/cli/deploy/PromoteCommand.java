package dev.runyard.cli.deploy;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private final TargetOptions environment = new TargetOptions();

    @Override
    public Integer call() {
        try (DeploymentApi api = new DeploymentApi(environment.target())) {
            api.promote(version, isRollback);
        }
        spec.commandLine().getOut().println("New runs get version " + version + ".");
        return 0;
    }
}
