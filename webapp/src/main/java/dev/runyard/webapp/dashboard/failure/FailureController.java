package dev.runyard.webapp.dashboard.failure;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.protocol.trigger.Durations;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.shared.StorableText;
import dev.runyard.webapp.dashboard.DashboardRuns;
import dev.runyard.webapp.dashboard.NotFound;
import dev.runyard.webapp.failure.DecideOnFailure;
import dev.runyard.webapp.failure.FailureQueries;
import dev.runyard.webapp.failure.FailureState;
import dev.runyard.webapp.session.SignedInUser;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Kinds of failure of an environment, and what people decided about them.
@RestController
@Permit(to = Credential.SESSION)
@RequestMapping("/api/dashboard/v1/environments/{environment}/errors")
class FailureController {
    private static final int BARS = 24;
    private static final Duration LONGEST = Duration.ofDays(30);

    private final FailureQueries queries;
    private final DecideOnFailure decide;
    private final DashboardRuns runs;
    private final InstantSource clock;

    FailureController(FailureQueries queries, DecideOnFailure decide, DashboardRuns runs, InstantSource clock) {
        this.queries = queries;
        this.decide = decide;
        this.runs = runs;
        this.clock = clock;
    }

    /// @param bars failures in even parts of the period, oldest first
    record ErrorItem(@JsonUnwrapped FailureQueries.Group group, List<Integer> bars) {}

    record ErrorList(List<ErrorItem> data) {}

    record RunList(List<FailureQueries.FailedRun> data) {}

    /// @param state what a person decided
    record StateRequest(@Nullable FailureState state) {}

    @GetMapping
    ErrorList list(@PathVariable String environment, @RequestParam(defaultValue = "7d") String period) {
        Duration back = Durations.parse(period)
                .filter(duration -> !duration.isZero() && duration.compareTo(LONGEST) <= 0)
                .orElseThrow(() -> new IllegalArgumentException("The period must be a duration of up to 30d."));
        Instant now = clock.instant();
        var span = new FailureQueries.Span(runs.environment(environment), now.minus(back), now);
        Map<String, Map<Integer, Integer>> counts = queries.counts(span, BARS).stream()
                .collect(Collectors.groupingBy(
                        FailureQueries.Count::fingerprint,
                        Collectors.toMap(FailureQueries.Count::bucket, FailureQueries.Count::count)));
        return new ErrorList(queries.groups(span).stream()
                .map(group -> new ErrorItem(group, bars(counts.getOrDefault(group.fingerprint(), Map.of()))))
                .toList());
    }

    private static List<Integer> bars(Map<Integer, Integer> counts) {
        return IntStream.range(0, BARS)
                .mapToObj(bar -> counts.getOrDefault(bar, 0))
                .toList();
    }

    @GetMapping("/{fingerprint}/runs")
    RunList runs(@PathVariable String environment, @PathVariable String fingerprint) {
        EnvironmentId id = runs.environment(environment);
        List<FailureQueries.FailedRun> failed = queries.runs(id, StorableText.check("fingerprint", fingerprint));
        if (failed.isEmpty()) {
            throw new NotFound("error");
        }
        return new RunList(failed);
    }

    @PutMapping("/{fingerprint}")
    ResponseEntity<Void> change(
            @AuthenticationPrincipal SignedInUser user,
            @PathVariable String environment,
            @PathVariable String fingerprint,
            @RequestBody StateRequest body) {
        EnvironmentId id = runs.environment(environment);
        if (body.state() == null) {
            throw new IllegalArgumentException("The state must be OPEN, RESOLVED or IGNORED.");
        }
        if (!decide.decide(user, id, StorableText.check("fingerprint", fingerprint), body.state())) {
            throw new NotFound("error");
        }
        return ResponseEntity.noContent().build();
    }
}
