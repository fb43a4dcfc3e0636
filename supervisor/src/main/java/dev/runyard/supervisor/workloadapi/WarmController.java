package dev.runyard.supervisor.workloadapi;

import dev.runyard.protocol.worker.DequeuedMessage;
import dev.runyard.supervisor.config.WarmProperties;
import dev.runyard.supervisor.warm.WarmPool;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Runners that have ended their run ask here for another one.
@RestController
@RequestMapping(WarmController.PATH)
final class WarmController {
    static final String PATH = "/api/v1/warm";

    private final AdmitRunner admitRunner;
    private final WarmPool pool;
    private final WarmProperties settings;

    WarmController(AdmitRunner admitRunner, WarmPool pool, WarmProperties settings) {
        this.admitRunner = admitRunner;
        this.pool = pool;
        this.settings = settings;
    }

    /// Says how long a call for a run is held.
    @GetMapping("/connect")
    Map<String, Long> connect(HttpServletRequest request) {
        admitRunner.admitAny(request);
        return Map.of(
                "connectionTimeoutMs",
                settings.idle().toMillis(),
                "keepaliveMs",
                settings.idle().toMillis());
    }

    /// Answers with a run, or without content where the runner is to end.
    @GetMapping("/warm-start")
    ResponseEntity<DequeuedMessage> warmStart(HttpServletRequest request) throws InterruptedException {
        AdmitRunner.Bearer bearer = admitRunner.admitAny(request);
        return pool.await(bearer.runner(), bearer.startedFor())
                .map(ResponseEntity::ok)
                .orElseGet(() -> ResponseEntity.noContent().build());
    }

    @ExceptionHandler
    ResponseEntity<Map<String, String>> refuse(RunnerCall.Refused refusal) {
        return ResponseEntity.status(refusal.status())
                .header("x-should-retry", "false")
                .body(Map.of("error", String.valueOf(refusal.getMessage())));
    }
}
