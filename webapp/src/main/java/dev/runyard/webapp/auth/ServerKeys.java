package dev.runyard.webapp.auth;

import dev.runyard.webapp.tenant.DerivedKeys;
import java.util.List;
import org.springframework.stereotype.Component;

/// Keys of this server, the same in every webapp of an installation.
@Component
class ServerKeys {
    private final List<String> runTokenKeys;

    ServerKeys(DerivedKeys keys) {
        this.runTokenKeys = keys.derive("run-token");
    }

    /// Returns the keys of run tokens; the first one signs, all of them verify.
    List<String> runTokenKeys() {
        return runTokenKeys;
    }
}
