package dev.runyard.webapp.api.schedule;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.schedule.Schedule;
import dev.runyard.engine.schedule.ScheduleDraft;
import dev.runyard.engine.schedule.ScheduleFilter;
import dev.runyard.engine.schedule.ScheduleOutcome;
import dev.runyard.engine.schedule.SchedulePage;
import dev.runyard.engine.schedule.ScheduleView;
import dev.runyard.engine.schedule.Schedules;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.body.Accepts;
import dev.runyard.webapp.api.body.OperationBodies;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.JsonMembers;
import dev.runyard.webapp.api.shared.NumberedPage;
import dev.runyard.webapp.api.shared.ObjectBody;
import dev.runyard.webapp.api.shared.ReadPage;
import dev.runyard.webapp.auth.ApiCaller;
import dev.runyard.webapp.config.LimitsProperties;
import dev.runyard.webapp.tenant.TenantDirectory;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Schedules of the caller's environment. One that triggers only in other environments is as unknown as one that does
/// not exist.
@RestController
class ScheduleController {
    private static final int PAGE_SIZE = 20;
    private static final int MAX_BODY = 65_536;

    private final RunEngine engine;
    private final ObjectBody bodies;
    private final ReadPage readPage;
    private final TenantDirectory tenants;
    private final LimitsProperties limits;

    ScheduleController(
            RunEngine engine, ObjectBody bodies, ReadPage readPage, TenantDirectory tenants, LimitsProperties limits) {
        this.engine = engine;
        this.bodies = bodies;
        this.readPage = readPage;
        this.tenants = tenants;
        this.limits = limits;
    }

    @Permit(to = Credential.KEY, scopes = "write:schedules")
    @Accepts(OperationBodies.Schedule.class)
    @PostMapping("/api/v1/schedules")
    ScheduleItem create(@AuthenticationPrincipal ApiCaller caller, HttpServletRequest request) throws IOException {
        JsonMembers body = bodies.read(request, MAX_BODY);
        ScheduleDraft draft = draft(caller, body);
        String key = name(body, "deduplicationKey");
        return saved(schedules().create(scope(caller), key == null ? draft : draft.withKey(key)));
    }

    @Permit(to = Credential.KEY, scopes = "read:schedules")
    @GetMapping("/api/v1/schedules")
    NumberedPage<ScheduleItem> list(
            @AuthenticationPrincipal ApiCaller caller, @RequestParam MultiValueMap<String, String> parameters) {
        ReadPage.Numbered page = readPage.numbered(parameters, PAGE_SIZE);
        SchedulePage found =
                schedules().list(scope(caller), ScheduleFilter.of(caller.environmentId(), page.number(), page.size()));
        return NumberedPage.of(found.schedules().stream().map(this::item).toList(), page, found.count());
    }

    @Permit(to = Credential.KEY, scopes = "read:schedules")
    @GetMapping("/api/v1/schedules/{schedule}")
    ScheduleItem retrieve(@AuthenticationPrincipal ApiCaller caller, @PathVariable String schedule) {
        return item(find(caller, schedule));
    }

    @Permit(to = Credential.KEY, scopes = "write:schedules")
    @Accepts(OperationBodies.Schedule.class)
    @PutMapping("/api/v1/schedules/{schedule}")
    ScheduleItem update(
            @AuthenticationPrincipal ApiCaller caller, @PathVariable String schedule, HttpServletRequest request)
            throws IOException {
        Schedule known = find(caller, schedule).schedule();
        ScheduleDraft draft = draft(caller, bodies.read(request, MAX_BODY));
        return saved(schedules().update(scope(caller), known.id().toString(), draft));
    }

    @Permit(to = Credential.KEY, scopes = "write:schedules")
    @DeleteMapping("/api/v1/schedules/{schedule}")
    Map<String, String> delete(@AuthenticationPrincipal ApiCaller caller, @PathVariable String schedule) {
        Schedule known = find(caller, schedule).schedule();
        return schedules()
                .delete(scope(caller), known.id().toString())
                .map(id -> Map.of("id", id.toString()))
                .orElseThrow(ScheduleController::notFound);
    }

    @Permit(to = Credential.KEY, scopes = "write:schedules")
    @Accepts(Void.class)
    @PostMapping("/api/v1/schedules/{schedule}/activate")
    ScheduleItem activate(@AuthenticationPrincipal ApiCaller caller, @PathVariable String schedule) {
        Schedule known = find(caller, schedule).schedule();
        return saved(schedules().activate(scope(caller), known.id().toString()));
    }

    @Permit(to = Credential.KEY, scopes = "write:schedules")
    @Accepts(Void.class)
    @PostMapping("/api/v1/schedules/{schedule}/deactivate")
    ScheduleItem deactivate(@AuthenticationPrincipal ApiCaller caller, @PathVariable String schedule) {
        Schedule known = find(caller, schedule).schedule();
        return saved(schedules().deactivate(scope(caller), known.id().toString()));
    }

    private Schedules schedules() {
        return engine.schedules();
    }

    /// Schedules belong to projects.
    private static UUID scope(ApiCaller caller) {
        return caller.environment().project().id();
    }

    private ScheduleView find(ApiCaller caller, String schedule) {
        return schedules()
                .find(scope(caller), schedule)
                .filter(view -> view.instances().stream()
                        .anyMatch(instance -> instance.environmentId().equals(caller.environmentId())))
                .orElseThrow(ScheduleController::notFound);
    }

    private ScheduleDraft draft(ApiCaller caller, JsonMembers body) {
        String task = required(body, "task");
        String cron = required(body, "cron");
        ScheduleDraft draft = ScheduleDraft.of(caller.environmentId(), task, cron);
        String externalId = name(body, "externalId");
        if (externalId != null) {
            draft = draft.withExternalId(externalId);
        }
        String zone = name(body, "timezone");
        if (zone != null) {
            draft = draft.in(zone);
        }
        String window = name(body, "window");
        return window == null ? draft : draft.within(window);
    }

    private String required(JsonMembers body, String name) {
        String value = name(body, name);
        if (value == null) {
            throw body.invalid(name, "is missing");
        }
        return value;
    }

    private @Nullable String name(JsonMembers body, String name) {
        String value = body.text(name).orElse(null);
        if (value != null && value.length() > limits.nameLength()) {
            throw body.invalid(name, "must have at most " + limits.nameLength() + " characters");
        }
        return value;
    }

    private ScheduleItem saved(ScheduleOutcome outcome) {
        return switch (outcome) {
            case ScheduleOutcome.Saved(ScheduleView view) -> item(view);
            case ScheduleOutcome.Refused(String sentence) -> throw ApiException.unprocessable(sentence);
            case ScheduleOutcome.NotFound _ -> throw notFound();
        };
    }

    private ScheduleItem item(ScheduleView view) {
        return ScheduleItem.of(
                view,
                view.instances().stream()
                        .flatMap(instance -> tenants.findEnvironment(instance.environmentId()).stream())
                        .map(environment -> new ScheduleItem.InEnvironment(
                                environment.id().toString(), environment.type().name()))
                        .toList());
    }

    private static ApiException notFound() {
        return ApiException.of(HttpStatus.NOT_FOUND, "Schedule not found");
    }
}
