package dev.runyard.webapp.api.waitpoint;

import dev.runyard.engine.waitpoint.WaitpointFilter;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.WaitpointId;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.ReadPage;
import dev.runyard.webapp.api.shared.ReadWindow;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;

/// Reads which tokens a list asks for. A filter that is wrong or not offered is refused.
@Component
class ReadTokenFilter {
    private static final int PAGE_SIZE = 25;
    private static final Set<String> FILTERS = Set.of(
            "filter[status]",
            "filter[idempotencyKey]",
            "filter[tags]",
            "filter[createdAt][period]",
            "filter[createdAt][from]",
            "filter[createdAt][to]");

    private final ReadWindow readWindow;
    private final ReadPage readPage;

    ReadTokenFilter(ReadWindow readWindow, ReadPage readPage) {
        this.readWindow = readWindow;
        this.readPage = readPage;
    }

    WaitpointFilter filter(EnvironmentId environment, MultiValueMap<String, String> parameters) {
        parameters.keySet().stream()
                .filter(name -> name.startsWith("filter[") && !FILTERS.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw ApiException.query(name, "This server has no filter of this name.");
                });
        ReadWindow.Window window = readWindow.read(parameters, null);
        return new WaitpointFilter(
                environment,
                states(ReadPage.values(parameters, "filter[status]")),
                ReadPage.value(parameters, "filter[idempotencyKey]"),
                ReadPage.values(parameters, "filter[tags]"),
                window.from(),
                window.to());
    }

    WaitpointFilter.Page page(MultiValueMap<String, String> parameters) {
        return new WaitpointFilter.Page(
                readPage.size(parameters, PAGE_SIZE),
                cursor(parameters, "page[after]"),
                cursor(parameters, "page[before]"));
    }

    private static Set<WaitpointFilter.State> states(Set<String> names) {
        List<String> known =
                Arrays.stream(WaitpointFilter.State.values()).map(Enum::name).toList();
        List<String> unknown =
                names.stream().filter(name -> !known.contains(name)).toList();
        if (!unknown.isEmpty()) {
            throw ApiException.query("filter[status]", "Invalid status values: " + String.join(", ", unknown));
        }
        return names.stream().map(WaitpointFilter.State::valueOf).collect(Collectors.toSet());
    }

    private static @Nullable WaitpointId cursor(MultiValueMap<String, String> parameters, String name) {
        String value = ReadPage.value(parameters, name);
        return value == null
                ? null
                : ReadWait.id(value)
                        .orElseThrow(() -> ApiException.query(name, "This is no cursor of a list of tokens."));
    }
}
