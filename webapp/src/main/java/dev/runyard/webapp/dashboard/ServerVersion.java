package dev.runyard.webapp.dashboard;

import java.util.Objects;
import org.springframework.stereotype.Component;

/// Which version of Runyard this is: the manifest's, or `dev` where the classes do not come from a jar.
@Component
class ServerVersion {
    private final String text =
            Objects.requireNonNullElse(ServerVersion.class.getPackage().getImplementationVersion(), "dev");

    String text() {
        return text;
    }
}
