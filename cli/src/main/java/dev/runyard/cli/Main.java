package dev.runyard.cli;

import dev.runyard.cli.deploy.DeployCommand;
import dev.runyard.cli.deploy.PromoteCommand;
import dev.runyard.cli.dev.DevCommand;
import dev.runyard.cli.init.InitCommand;
import dev.runyard.cli.up.UpCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/// `runyard`, with its commands.
@Command(
        name = "runyard",
        description = "Runs Runyard, a self-hosted job server, and deploys tasks to it.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.BuildVersion.class,
        subcommands = {
            UpCommand.class,
            InitCommand.class,
            DevCommand.class,
            DeployCommand.class,
            PromoteCommand.class,
            VersionCommand.class,
            HelpCommand.class
        })
public final class Main {
    private Main() {}

    static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, command, _) -> {
            if (failure instanceof CommandFailure) {
                command.getErr().println("runyard: " + failure.getMessage());
            } else {
                failure.printStackTrace(command.getErr());
            }
            return CommandLine.ExitCode.SOFTWARE;
        });
        return line;
    }

    static final class BuildVersion implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"runyard " + Version.current()};
        }
    }
}
