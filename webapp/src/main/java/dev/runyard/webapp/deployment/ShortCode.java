package dev.runyard.webapp.deployment;

import dev.runyard.protocol.id.Ids;
import java.util.UUID;

/// The short name of a deployment that people read out: the last, random characters of its id.
final class ShortCode {
    private static final int LENGTH = 8;

    private ShortCode() {}

    static String of(UUID deployment) {
        String body = Ids.encode(deployment);
        return body.substring(body.length() - LENGTH);
    }
}
