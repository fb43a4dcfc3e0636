package dev.runyard.webapp.dashboard.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.id.RunId;
import dev.runyard.webapp.dashboard.page.TaskQueries.Hour;
import dev.runyard.webapp.dashboard.page.TaskQueries.Load;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What the runs of each task did within a day. Many people look at one page, so an environment is counted at most
/// once in a few seconds.
@Component
class TaskActivity {
    static final int HOURS = 24;

    private static final Duration BELIEVED = Duration.ofSeconds(3);
    private static final int MAX_ENVIRONMENTS = 1_000;

    private final TaskQueries queries;
    private final InstantSource clock;
    private final Cache<EnvironmentId, Map<String, Activity>> known = Caffeine.newBuilder()
            .maximumSize(MAX_ENVIRONMENTS)
            .expireAfterWrite(BELIEVED)
            .build();

    TaskActivity(TaskQueries queries, InstantSource clock) {
        this.queries = queries;
        this.clock = clock;
    }

    /// @param hours oldest first
    /// @param queued runs that wait for a worker
    /// @param running runs that hold a slot
    /// @param lastRun the newest one of the day
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Activity(
            List<HourItem> hours,
            int queued,
            int running,
            @Nullable LastRun lastRun) {
        static final Activity NONE = new Activity(
                IntStream.range(0, HOURS).mapToObj(_ -> HourItem.NONE).toList(), 0, 0, null);
    }

    /// @param failed those of all runs that did not succeed
    record HourItem(int total, int failed) {
        static final HourItem NONE = new HourItem(0, 0);
    }

    /// @param status in the words of the public API
    record LastRun(RunId id, String status) {}

    /// Returns what is known, by task; a task without runs is not in it.
    Map<String, Activity> of(EnvironmentId environment) {
        return known.get(environment, this::count);
    }

    private Map<String, Activity> count(EnvironmentId environment) {
        Map<String, List<Hour>> hours = queries.activity(environment, clock.instant(), HOURS).stream()
                .collect(Collectors.groupingBy(Hour::taskId));
        Map<String, Load> load = queries.load(environment).stream().collect(Collectors.toMap(Load::taskId, one -> one));
        return Stream.concat(hours.keySet().stream(), load.keySet().stream())
                .distinct()
                .collect(Collectors.toMap(
                        task -> task, task -> activity(hours.getOrDefault(task, List.of()), load.get(task))));
    }

    private static Activity activity(List<Hour> hours, @Nullable Load load) {
        Map<Integer, HourItem> byHour = hours.stream()
                .collect(Collectors.toMap(Hour::hoursAgo, one -> new HourItem(one.total(), one.failed())));
        LastRun last = hours.stream()
                .min(Comparator.comparingInt(Hour::hoursAgo))
                .map(one -> new LastRun(one.newestRun(), one.newestStatus()))
                .orElse(null);
        return new Activity(
                IntStream.rangeClosed(1, HOURS)
                        .mapToObj(n -> byHour.getOrDefault(HOURS - n, HourItem.NONE))
                        .toList(),
                load == null ? 0 : load.queued(),
                load == null ? 0 : load.running(),
                last);
    }
}
