package dev.runyard.engine.waitpoint;

import dev.runyard.protocol.id.TimeOrderedIds;
import dev.runyard.protocol.id.WaitpointId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes dates and tokens that runs can wait for.
final class CreateWaitpoint {
    private final WaitpointRepository waitpoints;
    private final WaitpointQueries queries;
    private final TimeOrderedIds ids;
    private final WaitpointTimers timers;
    private final WaitsConfig config;
    private final InstantSource clock;

    CreateWaitpoint(
            WaitpointRepository waitpoints,
            WaitpointQueries queries,
            WaitpointTimers timers,
            WaitsConfig config,
            InstantSource clock) {
        this.waitpoints = waitpoints;
        this.queries = queries;
        this.timers = timers;
        this.ids = new TimeOrderedIds(clock);
        this.config = config;
        this.clock = clock;
    }

    CreateOutcome create(NewWaitpoint request) {
        Optional<String> refusal = check(request);
        return refusal.<CreateOutcome>map(CreateOutcome.Refused::new).orElseGet(() -> write(request));
    }

    private CreateOutcome write(NewWaitpoint request) {
        UUID id = ids.next();
        Instant now = clock.instant();
        Instant due = request.dueAt();
        boolean isOver = request.kind() == WaitpointKind.DATETIME && due != null && !due.isAfter(now);
        WaitpointId written = waitpoints.write(id, request, now, isOver ? now : null);
        Optional<Waitpoint> found = queries.find(request.environmentId(), written);
        if (found.isEmpty()) {
            waitpoints.forgetKey(request, written);
            return write(request);
        }
        boolean isNew = written.value().equals(id);
        if (isNew && due != null && !isOver) {
            timers.armed(id, due);
        }
        return new CreateOutcome.Created(found.get(), !isNew);
    }

    private Optional<String> check(NewWaitpoint request) {
        if (request.tags().size() > config.maxTags()) {
            return Optional.of("Waitpoints can only have " + config.maxTags() + " tags, you're trying to set "
                    + request.tags().size() + ".");
        }
        if (request.tags().stream().anyMatch(tag -> tag.length() > config.maxTagLength())) {
            return Optional.of("A tag may have at most " + config.maxTagLength() + " characters.");
        }
        return isTooLong(request.key())
                ? Optional.of("idempotencyKey may have at most " + config.maxKeyLength() + " characters.")
                : Optional.empty();
    }

    private boolean isTooLong(NewWaitpoint.@Nullable Key key) {
        return key != null && key.text().length() > config.maxKeyLength();
    }
}
