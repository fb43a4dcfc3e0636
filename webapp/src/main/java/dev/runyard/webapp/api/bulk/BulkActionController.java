package dev.runyard.webapp.api.bulk;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.engine.RunEngine;
import dev.runyard.engine.bulk.AbortOutcome;
import dev.runyard.engine.bulk.BulkAction;
import dev.runyard.engine.bulk.BulkOutcome;
import dev.runyard.engine.bulk.BulkPage;
import dev.runyard.protocol.id.BulkActionId;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.body.Accepts;
import dev.runyard.webapp.api.body.RunBodies;
import dev.runyard.webapp.api.project.Audit;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.CursorPage;
import dev.runyard.webapp.api.shared.ObjectBody;
import dev.runyard.webapp.api.shared.ReadPage;
import dev.runyard.webapp.auth.ApiCaller;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class BulkActionController {
    private static final int PAGE_SIZE = 25;
    private static final int MAX_BODY = 131_072;

    private final RunEngine engine;
    private final ObjectBody bodies;
    private final ReadBulkAction readAction;
    private final ReadPage readPage;
    private final Audit audit;

    BulkActionController(
            RunEngine engine, ObjectBody bodies, ReadBulkAction readAction, ReadPage readPage, Audit audit) {
        this.engine = engine;
        this.bodies = bodies;
        this.readAction = readAction;
        this.readPage = readPage;
        this.audit = audit;
    }

    /// @param counts what became of its runs
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Item(
            String id,
            @Nullable String name,
            String type,
            String status,
            Counts counts,
            Instant createdAt,
            @Nullable Instant completedAt) {
        static Item of(BulkAction action) {
            BulkAction.Counts counts = action.counts();
            return new Item(
                    action.id().toString(),
                    action.name(),
                    action.kind().name(),
                    action.status().name(),
                    new Counts(counts.total(), counts.succeeded() + counts.skipped(), counts.failed()),
                    action.createdAt(),
                    action.completedAt());
        }
    }

    /// @param success runs that are as wanted, also those that had ended before they could be canceled
    record Counts(int total, int success, int failure) {}

    @Permit(to = Credential.KEY, scopes = "write:runs")
    @Accepts(RunBodies.Bulk.class)
    @PostMapping("/api/v1/bulk-actions")
    ResponseEntity<Map<String, String>> create(@AuthenticationPrincipal ApiCaller caller, HttpServletRequest request)
            throws IOException {
        ReadBulkAction.Asked asked = readAction.read(caller, bodies.read(request, MAX_BODY));
        if (asked.matchesNothing()) {
            throw ApiException.of(HttpStatus.BAD_REQUEST, "No run can match this filter.");
        }
        return switch (engine.bulk().create(asked.command())) {
            case BulkOutcome.Created(BulkActionId id) -> {
                String kind = asked.command().kind().name().toLowerCase(Locale.ROOT);
                note(
                        caller,
                        request,
                        new Audit.Change(
                                "bulk." + kind, id.toString(), asked.command().name()));
                yield ResponseEntity.accepted().body(Map.of("id", id.toString()));
            }
            case BulkOutcome.Refused(String sentence) -> throw ApiException.of(HttpStatus.BAD_REQUEST, sentence);
            case BulkOutcome.TooManyReplays(int limit) ->
                ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
                        .header("x-should-retry", "false")
                        .body(Map.of(
                                "error",
                                "There are " + limit
                                        + " bulk replays under way already. Wait until one has ended, or abort one."));
        };
    }

    @Permit(to = Credential.KEY, scopes = "read:runs")
    @GetMapping("/api/v1/bulk-actions")
    CursorPage<Item> list(
            @AuthenticationPrincipal ApiCaller caller, @RequestParam MultiValueMap<String, String> parameters) {
        BulkPage page = engine.bulk()
                .list(
                        caller.environmentId(),
                        new BulkPage.Place(
                                readPage.size(parameters, PAGE_SIZE),
                                cursor(parameters, "page[after]"),
                                cursor(parameters, "page[before]")));
        return CursorPage.of(page.actions().stream().map(Item::of).toList(), page.next(), page.previous());
    }

    @Permit(to = Credential.KEY, scopes = "read:runs")
    @GetMapping("/api/v1/bulk-actions/{id}")
    Item retrieve(@AuthenticationPrincipal ApiCaller caller, @PathVariable String id) {
        return parse(id)
                .flatMap(action -> engine.bulk().find(caller.environmentId(), action))
                .map(Item::of)
                .orElseThrow(BulkActionController::notFound);
    }

    @Permit(to = Credential.KEY, scopes = "write:runs")
    @Accepts(Void.class)
    @PostMapping("/api/v1/bulk-actions/{id}/abort")
    Map<String, String> abort(
            @AuthenticationPrincipal ApiCaller caller, @PathVariable String id, HttpServletRequest request) {
        AbortOutcome outcome = parse(id)
                .map(action -> engine.bulk().abort(caller.environmentId(), action))
                .orElse(AbortOutcome.UNKNOWN);
        return switch (outcome) {
            case ABORTED -> {
                note(caller, request, new Audit.Change("bulk.abort", id, null));
                yield Map.of("id", id);
            }
            case NOT_PENDING -> throw ApiException.unprocessable("The bulk action has ended already.");
            case UNKNOWN -> throw notFound();
        };
    }

    private void note(ApiCaller caller, HttpServletRequest request, Audit.Change change) {
        audit.add(caller, request, caller.environment(), change);
    }

    private static @Nullable BulkActionId cursor(MultiValueMap<String, String> parameters, String name) {
        String value = ReadPage.value(parameters, name);
        return value == null
                ? null
                : parse(value).orElseThrow(() -> ApiException.query(name, "This is no cursor of a list of actions."));
    }

    private static Optional<BulkActionId> parse(String text) {
        try {
            return Optional.of(BulkActionId.parse(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static ApiException notFound() {
        return ApiException.of(HttpStatus.NOT_FOUND, "Bulk action not found");
    }
}
