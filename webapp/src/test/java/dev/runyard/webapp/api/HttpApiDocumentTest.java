package dev.runyard.webapp.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runyard.webapp.WebappTest;
import dev.runyard.webapp.auth.Routes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// docs/reference/http-api.md names every route of the public API, says how it stands with the official client, and
/// names no other.
class HttpApiDocumentTest extends WebappTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "reference", "http-api.md");
    private static final Pattern ROW =
            Pattern.compile("\\| `([A-Z]+ /\\S+)` \\| [^|]+ \\| (driven|tested|same as \\w+) \\|");
    private static final List<String> OTHERS =
            List.of("/api/dashboard/", "/engine/v1/worker-actions", "/engine/v1/dev", "/otel/", "/error", "/actuator");

    @Autowired
    private Routes routes;

    @Test
    void namesEveryRouteOnce() throws IOException {
        List<String> named;
        try (Stream<String> lines = Files.lines(DOCUMENT)) {
            named = lines.map(ROW::matcher)
                    .filter(Matcher::lookingAt)
                    .map(row -> row.group(1))
                    .toList();
        }

        assertThat(named).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(publicRoutes());
    }

    private List<String> publicRoutes() {
        return routes.all().stream()
                .filter(route -> OTHERS.stream().noneMatch(route.pattern()::startsWith))
                .map(route -> route.method() + " " + route.pattern().replaceAll("\\{\\*?([a-zA-Z]+)(:[^/]*)?}", "{$1}"))
                .filter(route -> !route.startsWith("* "))
                .toList();
    }
}
