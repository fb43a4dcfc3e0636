package dev.runyard.webapp.api.run;

import dev.runyard.engine.directory.WorkerVersion;
import dev.runyard.engine.directory.WorkerVersions;
import dev.runyard.engine.read.RunFilter;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.WorkerVersionId;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.RunCursor;
import dev.runyard.webapp.config.LimitsProperties;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;

/// Reads which runs a list asks for. A filter that is wrong or not offered is refused: a list without it would show
/// runs that
/// nobody asked for.
@Component
class ReadRunFilter {
    private static final int DEFAULT_PAGE_SIZE = 25;
    private static final Set<String> FILTERS = Set.of(
            "filter[status]",
            "filter[taskIdentifier]",
            "filter[version]",
            "filter[tag]",
            "filter[isTest]",
            "filter[queue]",
            "filter[machine]",
            "filter[createdAt][from]",
            "filter[createdAt][to]",
            "filter[createdAt][period]");

    private final WorkerVersions versions;
    private final ReadWindow readWindow;
    private final LimitsProperties limits;

    ReadRunFilter(WorkerVersions versions, ReadWindow readWindow, LimitsProperties limits) {
        this.versions = versions;
        this.readWindow = readWindow;
        this.limits = limits;
    }

    /// @param filter which runs
    /// @param page which of them
    /// @param tasks the tasks that the filter names
    /// @param matchesNothing whether no run can match, such as by a version that does not exist
    record Query(RunFilter filter, RunFilter.Page page, Set<String> tasks, boolean matchesNothing) {}

    Query read(EnvironmentId environment, MultiValueMap<String, String> parameters) {
        parameters.keySet().stream()
                .filter(name -> name.startsWith("filter[") && !FILTERS.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw ApiException.query(name, "This server has no filter of this name.");
                });
        Set<String> tasks = values(parameters, "filter[taskIdentifier]");
        Set<String> numbers = values(parameters, "filter[version]");
        Set<WorkerVersionId> ids = versions(environment, numbers);
        ReadWindow.Window window = readWindow.read(parameters);
        RunFilter filter = new RunFilter(
                environment,
                statuses(values(parameters, "filter[status]")),
                tasks,
                ids,
                values(parameters, "filter[tag]"),
                values(parameters, "filter[queue]"),
                machines(values(parameters, "filter[machine]")),
                isTest(parameters.getFirst("filter[isTest]")),
                window.from(),
                window.to());
        return new Query(filter, page(parameters), tasks, !numbers.isEmpty() && ids.isEmpty());
    }

    private static Set<String> values(MultiValueMap<String, String> parameters, String name) {
        List<String> given = parameters.getOrDefault(name, List.of());
        return given.stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<RunStatus> statuses(Set<String> names) {
        List<String> unknown =
                names.stream().filter(name -> statusesOf(name).isEmpty()).toList();
        if (!unknown.isEmpty()) {
            throw ApiException.query("filter[status]", "Invalid status values: " + String.join(", ", unknown));
        }
        return names.stream().flatMap(name -> statusesOf(name).stream()).collect(Collectors.toSet());
    }

    /// Names of older versions of the API stand for today's.
    private static Set<RunStatus> statusesOf(String name) {
        String today = switch (name) {
            case "FROZEN" -> "WAITING";
            case "REATTEMPTING" -> "EXECUTING";
            case "INTERRUPTED" -> "FAILED";
            case "WAITING_FOR_DEPLOY" -> "PENDING_VERSION";
            default -> name;
        };
        return Arrays.stream(RunStatus.values())
                .filter(status -> status.apiName().equals(today))
                .collect(Collectors.toSet());
    }

    private static Set<MachinePreset> machines(Set<String> names) {
        return names.stream()
                .map(name -> MachinePreset.find(name)
                        .orElseThrow(() -> ApiException.query("filter[machine]", "Invalid machine: " + name)))
                .collect(Collectors.toSet());
    }

    private Set<WorkerVersionId> versions(EnvironmentId environment, Set<String> numbers) {
        return numbers.stream()
                .map(number -> versions.findByNumber(environment, number))
                .flatMap(Optional::stream)
                .map(WorkerVersion::id)
                .collect(Collectors.toSet());
    }

    private static @Nullable Boolean isTest(@Nullable String value) {
        return switch (value) {
            case null -> null;
            case "true" -> true;
            case "false" -> false;
            default -> throw ApiException.query("filter[isTest]", "Must be true or false.");
        };
    }

    private RunFilter.Page page(MultiValueMap<String, String> parameters) {
        return new RunFilter.Page(
                size(parameters.getFirst("page[size]")),
                cursor(parameters, "page[after]"),
                cursor(parameters, "page[before]"));
    }

    private int size(@Nullable String value) {
        String rule = "Must be a whole number from 1 to " + limits.pageSize() + ".";
        try {
            int size = value == null ? Math.min(DEFAULT_PAGE_SIZE, limits.pageSize()) : Integer.parseInt(value);
            if (size >= 1 && size <= limits.pageSize()) {
                return size;
            }
        } catch (NumberFormatException _) {
            // Told below.
        }
        throw ApiException.query("page[size]", rule);
    }

    private static @Nullable RunId cursor(MultiValueMap<String, String> parameters, String name) {
        String value = parameters.getFirst(name);
        return value == null || value.isEmpty()
                ? null
                : RunCursor.decode(value)
                        .orElseThrow(() -> ApiException.query(name, "This is no cursor of a list of runs."));
    }
}
