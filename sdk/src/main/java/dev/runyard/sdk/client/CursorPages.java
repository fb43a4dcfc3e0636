package dev.runyard.sdk.client;

import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads lists whose pages begin behind an item of the page before. */
final class CursorPages {
    private CursorPages() {}

    /** @param path with its other parameters, such as {@code /api/v1/deployments?status=DEPLOYED} */
    static Stream<JsonNode> of(ApiCall call, String path) {
        return Stream.iterate(
                        Optional.of(call.get(path)),
                        Optional::isPresent,
                        page -> page.flatMap(known -> next(call, path, known)))
                .flatMap(page -> page.orElseThrow().path("data").valueStream());
    }

    private static Optional<JsonNode> next(ApiCall call, String path, JsonNode page) {
        return Optional.ofNullable(RunJson.text(page.path("pagination"), "next"))
                .map(cursor ->
                        call.get(path + (path.contains("?") ? "&" : "?") + "page%5Bafter%5D=" + Runs.encode(cursor)));
    }
}
