package dev.runyard.webapp.api.run;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.delay.RescheduleOutcome;
import dev.runyard.engine.metadata.MetadataOutcome;
import dev.runyard.engine.metadata.TagsOutcome;
import dev.runyard.engine.read.RunView;
import dev.runyard.protocol.id.RunId;
import dev.runyard.protocol.trigger.Durations;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.body.Accepts;
import dev.runyard.webapp.api.body.RunBodies;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.BodyText;
import dev.runyard.webapp.api.shared.JsonMembers;
import dev.runyard.webapp.api.shared.ObjectBody;
import dev.runyard.webapp.api.shared.RunIds;
import dev.runyard.webapp.auth.ApiCaller;
import dev.runyard.webapp.config.LimitsProperties;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.util.RawValue;

/// Changes of a run that are no part of its life: its delay, its metadata, its tags.
@RestController
class RunChangeController {
    private static final int SMALL_BODY = 65_536;

    private final RunEngine engine;
    private final RunResponses responses;
    private final ObjectBody bodies;
    private final ReadMetadataChange readChange;
    private final LimitsProperties limits;
    private final InstantSource clock;

    RunChangeController(
            RunEngine engine,
            RunResponses responses,
            ObjectBody bodies,
            ReadMetadataChange readChange,
            LimitsProperties limits,
            InstantSource clock) {
        this.engine = engine;
        this.responses = responses;
        this.bodies = bodies;
        this.readChange = readChange;
        this.limits = limits;
        this.clock = clock;
    }

    @Permit(to = Credential.KEY, scopes = "write:runs:{run}")
    @Accepts(RunBodies.Reschedule.class)
    @PostMapping("/api/v1/runs/{run}/reschedule")
    RunResponse reschedule(
            @AuthenticationPrincipal ApiCaller caller, @PathVariable String run, HttpServletRequest request)
            throws IOException {
        RunId id = find(caller, run).id();
        JsonMembers body = bodies.read(request, SMALL_BODY);
        String delay = body.text("delay").orElseThrow(() -> body.invalid("delay", "is missing"));
        Instant until = Durations.parse(delay)
                .map(clock.instant()::plus)
                .or(() -> date(delay))
                .filter(at -> !at.isAfter(clock.instant().plus(limits.future())))
                .orElseThrow(() -> invalidDelay(delay));
        return switch (engine.reschedule(caller.environmentId(), id, until)) {
            case RescheduleOutcome.Rescheduled _ ->
                engine.queries()
                        .detail(caller.environmentId(), id)
                        .map(responses::full)
                        .orElseThrow(RunChangeController::notFound);
            case RescheduleOutcome.NotDelayed _ ->
                throw ApiException.of(HttpStatus.BAD_REQUEST, "Cannot reschedule a run that is not delayed");
            case RescheduleOutcome.NotInFuture _ -> throw invalidDelay(delay);
            case RescheduleOutcome.Unknown _ -> throw notFound();
        };
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static ApiException invalidDelay(String delay) {
        return ApiException.of(HttpStatus.BAD_REQUEST, "Invalid delay: " + delay);
    }

    @Permit(to = Credential.KEY, scopes = "read:runs:{run}")
    @GetMapping("/api/v1/runs/{run}/metadata")
    Map<String, RawValue> metadata(@AuthenticationPrincipal ApiCaller caller, @PathVariable String run) {
        RunView view = find(caller, run);
        return Map.of("metadata", new RawValue(view.metadata() == null ? "{}" : view.metadata()));
    }

    @Permit(to = Credential.KEY, scopes = "write:runs:{run}")
    @Accepts(RunBodies.Metadata.class)
    @PutMapping("/api/v1/runs/{run}/metadata")
    Map<String, RawValue> changeMetadata(
            @AuthenticationPrincipal ApiCaller caller, @PathVariable String run, HttpServletRequest request)
            throws IOException {
        RunId id = find(caller, run).id();
        String body = BodyText.read(request, limits.metadataChangeBytes());
        return switch (engine.metadata().update(caller.environmentId(), id, readChange.read(body))) {
            case MetadataOutcome.Updated updated -> Map.of("metadata", new RawValue(updated.document()));
            case MetadataOutcome.TooLarge(String sentence) ->
                throw ApiException.of(HttpStatus.CONTENT_TOO_LARGE, sentence);
            case MetadataOutcome.Refused(String sentence) -> throw ApiException.unprocessable(sentence);
            case MetadataOutcome.Closed _ ->
                throw ApiException.unprocessable("The run ended too long ago; its metadata cannot change any more.");
            case MetadataOutcome.Unknown _ -> throw notFound();
        };
    }

    @Permit(to = Credential.KEY, scopes = "write:runs:{run}")
    @Accepts(RunBodies.Tags.class)
    @PostMapping("/api/v1/runs/{run}/tags")
    Map<String, String> addTags(
            @AuthenticationPrincipal ApiCaller caller, @PathVariable String run, HttpServletRequest request)
            throws IOException {
        RunId id = find(caller, run).id();
        JsonMembers body = bodies.read(request, SMALL_BODY);
        List<String> tags = body.texts("tags");
        if (tags.stream().anyMatch(tag -> tag.length() > limits.tagLength())) {
            throw body.invalid("tags", "must have at most " + limits.tagLength() + " characters each");
        }
        return switch (engine.metadata().addTags(caller.environmentId(), id, tags)) {
            case TagsOutcome.Added(int added) ->
                Map.of("message", added == 0 ? "No new tags to add" : "Successfully set " + added + " new tags.");
            case TagsOutcome.Refused(String sentence) -> throw ApiException.unprocessable(sentence);
            case TagsOutcome.Unknown _ -> throw notFound();
        };
    }

    private RunView find(ApiCaller caller, String run) {
        return RunIds.parse(run)
                .flatMap(id -> engine.queries().find(caller.environmentId(), id))
                .orElseThrow(RunChangeController::notFound);
    }

    private static ApiException notFound() {
        return ApiException.of(HttpStatus.NOT_FOUND, "Run not found");
    }
}
