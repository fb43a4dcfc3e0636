package dev.runyard.cli.deploy;

import java.net.URI;

/// Where to deploy to.
///
/// @param url base address of the server
/// @param secretKey key of the environment
public record Target(URI url, String secretKey) {
    @Override
    public String toString() {
        return url.toString();
    }
}
