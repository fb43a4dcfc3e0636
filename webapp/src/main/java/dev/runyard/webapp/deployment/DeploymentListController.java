package dev.runyard.webapp.deployment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.protocol.id.DeploymentId;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.auth.ApiCaller;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Deployments of an environment, the newest first.
@RestController
class DeploymentListController {
    private static final int DEFAULT_SIZE = 20;
    private static final int MIN_SIZE = 5;
    private static final int MAX_SIZE = 100;
    private static final Set<String> STATUSES =
            Set.of("PENDING", "BUILDING", "DEPLOYING", "DEPLOYED", "FAILED", "CANCELED", "TIMED_OUT");
    private static final Pattern PERIOD = Pattern.compile("(\\d{1,6})([smhdw])");
    private static final Pattern MILLIS = Pattern.compile("\\d{1,15}");
    private static final Map<String, Duration> UNITS = Map.of(
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1),
            "w", Duration.ofDays(7));

    private final DeploymentListQueries queries;
    private final InstantSource clock;

    DeploymentListController(DeploymentListQueries queries, InstantSource clock) {
        this.queries = queries;
        this.clock = clock;
    }

    /// @param next id to ask on after
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Pagination(@Nullable DeploymentId next) {}

    record DeploymentList(List<DeploymentItem> data, Pagination pagination) {}

    @Permit(
            to = {Credential.KEY, Credential.PUBLIC_TOKEN},
            scopes = "read:deployments")
    @GetMapping("/api/v1/deployments")
    DeploymentList list(@AuthenticationPrincipal ApiCaller caller, @RequestParam Map<String, String> query) {
        int size = size(query.get("page[size]"));
        Instant from = time("from", query.get("from"));
        DeploymentListQueries.Filter filter = new DeploymentListQueries.Filter(
                caller.environmentId(),
                status(query.get("status")),
                from == null ? since(query.get("period")) : from,
                time("to", query.get("to")),
                after(query.get("page[after]")));
        List<DeploymentItem> found = queries.list(filter, size + 1);
        boolean hasMore = found.size() > size;
        List<DeploymentItem> shown = hasMore ? found.subList(0, size) : found;
        return new DeploymentList(
                shown, new Pagination(hasMore ? shown.getLast().id() : null));
    }

    private static int size(@Nullable String text) {
        try {
            return text == null ? DEFAULT_SIZE : Math.clamp(Long.parseLong(text), MIN_SIZE, MAX_SIZE);
        } catch (NumberFormatException _) {
            throw ApiException.query("page[size]", "page[size] must be a whole number.");
        }
    }

    private static @Nullable String status(@Nullable String text) {
        if (text != null && !STATUSES.contains(text)) {
            throw ApiException.query("status", "status must be one of " + String.join(", ", STATUSES) + ".");
        }
        return text;
    }

    private static @Nullable DeploymentId after(@Nullable String text) {
        try {
            return text == null ? null : DeploymentId.parse(text);
        } catch (IllegalArgumentException _) {
            throw ApiException.query("page[after]", "page[after] must be the id of a deployment.");
        }
    }

    private @Nullable Instant since(@Nullable String period) {
        if (period == null) {
            return null;
        }
        Matcher matcher = PERIOD.matcher(period);
        Duration unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
        if (unit == null) {
            throw ApiException.query("period", "period must be a span such as 7d.");
        }
        return clock.instant().minus(unit.multipliedBy(Long.parseLong(matcher.group(1))));
    }

    private static @Nullable Instant time(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            Instant time =
                    MILLIS.matcher(text).matches() ? Instant.ofEpochMilli(Long.parseLong(text)) : Instant.parse(text);
            if (time.isBefore(Instant.EPOCH) || time.isAfter(Instant.parse("9999-12-31T00:00:00Z"))) {
                throw ApiException.query(name, name + " is too far away.");
            }
            return time;
        } catch (DateTimeParseException _) {
            throw ApiException.query(name, name + " must be a time such as 2026-08-01T10:00:00Z.");
        }
    }
}
