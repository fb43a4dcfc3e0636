package dev.runyard.cli;

import java.net.URI;
import picocli.CommandLine.Option;

/// The option `--url` of every command that speaks to a server.
public final class ServerAddress {
    @Option(
            names = "--url",
            defaultValue = "${env:TRIGGER_API_URL:-http://localhost:3030}",
            description = "Address of the server (default: $TRIGGER_API_URL, or http://localhost:3030).")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private URI url;

    public URI url() {
        return url;
    }
}
