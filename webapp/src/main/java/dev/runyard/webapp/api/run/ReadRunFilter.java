package dev.runyard.webapp.api.run;

import dev.runyard.engine.directory.WorkerVersion;
import dev.runyard.engine.directory.WorkerVersions;
import dev.runyard.engine.read.RunFilter;
import dev.runyard.protocol.id.BatchId;
import dev.runyard.protocol.id.BulkActionId;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.id.ScheduleId;
import dev.runyard.protocol.id.WorkerVersionId;
import dev.runyard.protocol.run.MachinePreset;
import dev.runyard.protocol.run.RunStatus;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.ReadPage;
import dev.runyard.webapp.api.shared.ReadWindow;
import dev.runyard.webapp.api.shared.RunCursor;
import dev.runyard.webapp.failure.FailureId;
import dev.runyard.webapp.tenant.TenantEnvironment;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;

/// Reads which runs a list asks for. A filter that is wrong or not offered is refused: a list without it
/// would show runs that nobody asked for.
@Component
public class ReadRunFilter {
    private static final Duration DEFAULT_PERIOD = Duration.ofDays(7);
    private static final int PAGE_SIZE = 25;
    private static final Set<String> FILTERS = Set.of(
            "filter[status]",
            "filter[taskIdentifier]",
            "filter[version]",
            "filter[tag]",
            "filter[isTest]",
            "filter[queue]",
            "filter[machine]",
            "filter[batch]",
            "filter[schedule]",
            "filter[bulkAction]",
            "filter[region]",
            "filter[error]",
            "filter[createdAt][from]",
            "filter[createdAt][to]",
            "filter[createdAt][period]");

    private final WorkerVersions versions;
    private final ReadWindow readWindow;
    private final ReadPage readPage;

    ReadRunFilter(WorkerVersions versions, ReadWindow readWindow, ReadPage readPage) {
        this.versions = versions;
        this.readWindow = readWindow;
        this.readPage = readPage;
    }

    /// @param filter which runs
    /// @param page which of them
    /// @param tasks the tasks that the filter names
    /// @param matchesNothing whether no run can match, such as by a version that does not exist
    public record Query(RunFilter filter, RunFilter.Page page, Set<String> tasks, boolean matchesNothing) {}

    /// Reads the parameters of a list.
    public Query read(TenantEnvironment tenant, MultiValueMap<String, String> parameters) {
        EnvironmentId environment = tenant.id();
        parameters.keySet().stream()
                .filter(name -> name.startsWith("filter[") && !FILTERS.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw ApiException.query(name, "This server has no filter of this name.");
                });
        Set<String> tasks = ReadPage.values(parameters, "filter[taskIdentifier]");
        Set<String> numbers = ReadPage.values(parameters, "filter[version]");
        Set<WorkerVersionId> ids = versions(environment, numbers);
        ReadWindow.Window window = readWindow.read(parameters, DEFAULT_PERIOD);
        RunFilter filter = new RunFilter(
                environment,
                statuses(ReadPage.values(parameters, "filter[status]")),
                tasks,
                ids,
                ReadPage.values(parameters, "filter[tag]"),
                ReadPage.values(parameters, "filter[queue]"),
                machines(ReadPage.values(parameters, "filter[machine]")),
                isTest(parameters.getFirst("filter[isTest]")),
                window.from(),
                window.to(),
                membership(parameters));
        Set<String> regions = ReadPage.values(parameters, "filter[region]");
        boolean isElsewhere = !regions.isEmpty() && !regions.contains(tenant.workerQueue());
        return new Query(filter, page(parameters), tasks, isElsewhere || (!numbers.isEmpty() && ids.isEmpty()));
    }

    private static RunFilter.@Nullable Membership membership(MultiValueMap<String, String> parameters) {
        BatchId batch = id(parameters, "filter[batch]", BatchId::parse);
        ScheduleId schedule = id(parameters, "filter[schedule]", ScheduleId::parse);
        BulkActionId bulkAction = id(parameters, "filter[bulkAction]", BulkActionId::parse);
        FailureId error = id(parameters, "filter[error]", ReadRunFilter::failure);
        return batch == null && schedule == null && bulkAction == null && error == null
                ? null
                : new RunFilter.Membership(batch, schedule, bulkAction, error == null ? null : error.runs());
    }

    private static FailureId failure(String text) {
        return FailureId.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("it must be error_ and a fingerprint"));
    }

    private static <T> @Nullable T id(
            MultiValueMap<String, String> parameters, String name, Function<String, T> parse) {
        String value = ReadPage.value(parameters, name);
        try {
            return value == null ? null : parse.apply(value);
        } catch (IllegalArgumentException e) {
            throw ApiException.query(name, "This is no such id: " + e.getMessage() + ".");
        }
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
                readPage.size(parameters, PAGE_SIZE),
                cursor(parameters, "page[after]"),
                cursor(parameters, "page[before]"));
    }

    private static @Nullable RunId cursor(MultiValueMap<String, String> parameters, String name) {
        String value = parameters.getFirst(name);
        return value == null || value.isEmpty()
                ? null
                : RunCursor.decode(value)
                        .orElseThrow(() -> ApiException.query(name, "This is no cursor of a list of runs."));
    }
}
