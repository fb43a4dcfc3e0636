package dev.runyard.webapp.auth;

import dev.runyard.webapp.tenant.DerivedKeys;
import org.springframework.stereotype.Component;

/// Keys of this server, the same in every webapp of an installation.
@Component
class ServerKeys {
    private final String runTokenKey;

    ServerKeys(DerivedKeys keys) {
        this.runTokenKey = keys.derive("run-token");
    }

    String runTokenKey() {
        return runTokenKey;
    }
}
