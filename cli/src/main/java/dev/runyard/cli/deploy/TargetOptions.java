package dev.runyard.cli.deploy;

import dev.runyard.cli.CommandFailure;
import dev.runyard.cli.ServerAddress;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that say which environment of which server a command is about.
final class TargetOptions {
    @Mixin
    private final ServerAddress server = new ServerAddress();

    @Option(
            names = "--key",
            defaultValue = "${env:TRIGGER_SECRET_KEY:-}",
            description = "Secret key of the environment (default: $TRIGGER_SECRET_KEY).")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String key;

    Target target() {
        if (key.isBlank()) {
            throw new CommandFailure("Give the environment's secret key with --key or in TRIGGER_SECRET_KEY.");
        }
        return new Target(server.url(), key);
    }
}
