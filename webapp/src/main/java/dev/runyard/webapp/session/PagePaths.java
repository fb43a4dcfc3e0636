package dev.runyard.webapp.session;

import java.util.List;

/// Which addresses belong to the dashboard's pages: all but those of the server's interfaces.
public final class PagePaths {
    private static final List<String> INTERFACES =
            List.of("/api/", "/engine/", "/otel/", "/realtime/", "/actuator/", "/health/", "/healthcheck/", "/error/");

    private PagePaths() {}

    /// Tells whether an address, with its leading slash, is a page of the dashboard or one of its files.
    public static boolean isPageOrAsset(String path) {
        return INTERFACES.stream().noneMatch(prefix -> (path + "/").startsWith(prefix));
    }
}
