package dev.runyard.sdk.client;

import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads lists whose pages have numbers. */
final class OffsetPages {
    private static final int SIZE = 100;

    private OffsetPages() {}

    static Stream<JsonNode> of(ApiCall call, String path) {
        return Stream.iterate(
                        Optional.of(new Page(1, read(call, path, 1))),
                        Optional::isPresent,
                        page -> page.flatMap(known -> next(call, path, known)))
                .flatMap(page -> page.orElseThrow().body().path("data").valueStream());
    }

    private static Optional<Page> next(ApiCall call, String path, Page page) {
        boolean last = page.number()
                >= page.body().path("pagination").path("totalPages").asInt(1);
        return last ? Optional.empty() : Optional.of(new Page(page.number() + 1, read(call, path, page.number() + 1)));
    }

    private static JsonNode read(ApiCall call, String path, int number) {
        return call.get(path + "?page=" + number + "&perPage=" + SIZE);
    }

    /**
     * @param number from 1
     * @param body the answer
     */
    private record Page(int number, JsonNode body) {}
}
