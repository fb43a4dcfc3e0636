package dev.runyard.webapp.api.queue;

import dev.runyard.engine.RunEngine;
import dev.runyard.engine.gate.LimitOverride;
import dev.runyard.engine.gate.OverrideOutcome;
import dev.runyard.engine.gate.QueuePage;
import dev.runyard.engine.gate.QueueView;
import dev.runyard.engine.gate.Queues;
import dev.runyard.protocol.id.EnvironmentId;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import dev.runyard.webapp.api.body.Accepts;
import dev.runyard.webapp.api.body.OperationBodies;
import dev.runyard.webapp.api.shared.ApiException;
import dev.runyard.webapp.api.shared.JsonMembers;
import dev.runyard.webapp.api.shared.NumberedPage;
import dev.runyard.webapp.api.shared.ObjectBody;
import dev.runyard.webapp.api.shared.ReadPage;
import dev.runyard.webapp.api.shared.StorableText;
import dev.runyard.webapp.auth.ApiCaller;
import dev.runyard.webapp.tenant.QueueIds;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Queues of the caller's environment. A queue is named by its id, by its task, or by its own name.
@RestController
class QueueController {
    private static final int PAGE_SIZE = 25;
    private static final int MAX_BODY = 65_536;
    private static final int MAX_LIMIT = 100_000;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final RunEngine engine;
    private final ObjectBody bodies;
    private final ReadPage readPage;

    QueueController(RunEngine engine, ObjectBody bodies, ReadPage readPage) {
        this.engine = engine;
        this.bodies = bodies;
        this.readPage = readPage;
    }

    @Permit(to = Credential.KEY, scopes = "read:queues")
    @GetMapping("/api/v1/queues")
    NumberedPage<QueueItem> list(
            @AuthenticationPrincipal ApiCaller caller, @RequestParam MultiValueMap<String, String> parameters) {
        ReadPage.Numbered page = readPage.numbered(parameters, PAGE_SIZE);
        QueuePage found = queues().page(caller.environmentId(), page.number(), page.size());
        return NumberedPage.of(found.queues().stream().map(QueueItem::of).toList(), page, found.count());
    }

    @Permit(
            to = {Credential.KEY, Credential.PUBLIC_TOKEN},
            scopes = "read:queues")
    @GetMapping("/api/v1/queues/{queue}")
    QueueItem retrieve(
            @AuthenticationPrincipal ApiCaller caller,
            @PathVariable String queue,
            @RequestParam(defaultValue = "id") String type) {
        return name(caller.environmentId(), queue, type)
                .flatMap(name -> queues().find(caller.environmentId(), name))
                .map(QueueItem::of)
                .orElseThrow(() -> ApiException.of(HttpStatus.NOT_FOUND, "queue-not-found"));
    }

    @Permit(to = Credential.KEY, scopes = "write:queues")
    @Accepts(OperationBodies.Pause.class)
    @PostMapping("/api/v1/queues/{queue}/pause")
    QueueItem pause(@AuthenticationPrincipal ApiCaller caller, @PathVariable String queue, HttpServletRequest request)
            throws IOException {
        JsonMembers body = bodies.read(request, MAX_BODY);
        String action = body.text("action").orElse("");
        String name = known(caller, queue, body).settings().name();
        switch (action) {
            case "pause" -> queues().pause(caller.environmentId(), name);
            case "resume" -> queues().resume(caller.environmentId(), name);
            default -> throw body.invalid("action", "must be pause or resume");
        }
        return shown(caller, name);
    }

    @Permit(to = Credential.KEY, scopes = "write:queues")
    @Accepts(OperationBodies.LimitOverride.class)
    @PostMapping("/api/v1/queues/{queue}/concurrency/override")
    QueueItem override(
            @AuthenticationPrincipal ApiCaller caller, @PathVariable String queue, HttpServletRequest request)
            throws IOException {
        JsonMembers body = bodies.read(request, MAX_BODY);
        LimitOverride limit = limit(body);
        String name = known(caller, queue, body).settings().name();
        return switch (queues().override(caller.environmentId(), name, limit)) {
            case OverrideOutcome.Changed(QueueView view) -> QueueItem.of(view);
            case OverrideOutcome.Rejected(String sentence) -> throw ApiException.of(HttpStatus.BAD_REQUEST, sentence);
        };
    }

    private static LimitOverride limit(JsonMembers body) {
        Optional<Integer> slots = body.integer("concurrencyLimit", 0);
        Optional<BigDecimal> percent = body.number("percent");
        if (slots.isPresent() == percent.isPresent()) {
            throw body.invalid("concurrencyLimit", "or percent must be given, and not both");
        }
        if (percent.isPresent()) {
            if (percent.get().signum() <= 0 || percent.get().compareTo(HUNDRED) > 0) {
                throw body.invalid("percent", "must be above 0 and at most 100");
            }
            return new LimitOverride.Percent(percent.get());
        }
        if (slots.orElseThrow() > MAX_LIMIT) {
            throw body.invalid("concurrencyLimit", "must be at most " + MAX_LIMIT);
        }
        return new LimitOverride.Slots(slots.orElseThrow());
    }

    @Permit(to = Credential.KEY, scopes = "write:queues")
    @Accepts(OperationBodies.Reset.class)
    @PostMapping("/api/v1/queues/{queue}/concurrency/reset")
    QueueItem reset(@AuthenticationPrincipal ApiCaller caller, @PathVariable String queue, HttpServletRequest request)
            throws IOException {
        QueueView known = known(caller, queue, bodies.read(request, MAX_BODY));
        if (!known.settings().isOverridden()) {
            throw ApiException.of(HttpStatus.BAD_REQUEST, "Queue is not overridden");
        }
        queues().resetOverride(caller.environmentId(), known.settings().name());
        return shown(caller, known.settings().name());
    }

    private Queues queues() {
        return engine.queues();
    }

    private QueueView known(ApiCaller caller, String queue, JsonMembers body) {
        return name(caller.environmentId(), queue, body.text("type").orElse("id"))
                .flatMap(name -> queues().find(caller.environmentId(), name))
                .orElseThrow(QueueController::notFound);
    }

    private QueueItem shown(ApiCaller caller, String name) {
        return queues().find(caller.environmentId(), name).map(QueueItem::of).orElseThrow(QueueController::notFound);
    }

    /// Clients encode a slash twice.
    private Optional<String> name(EnvironmentId environment, String given, String type) {
        String name = StorableText.check("queue", given.replace("%2F", "/"));
        return switch (type) {
            case "id" -> QueueIds.find(environment, name, queues().names(environment));
            case "task" -> Optional.of(QueueItem.TASK_PREFIX + name);
            case "custom" -> Optional.of(name);
            default -> throw ApiException.query("type", "Must be id, task or custom.");
        };
    }

    private static ApiException notFound() {
        return ApiException.of(HttpStatus.NOT_FOUND, "Queue not found");
    }
}
