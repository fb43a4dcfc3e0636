package dev.runyard.supervisor.workloadapi;

import dev.runyard.supervisor.platform.RawResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The workload API. Bodies are bytes: runners of other languages label JSON as text.
@RestController
@RequestMapping("/api/v1/workload-actions")
final class WorkloadController {
    private static final String SHOULD_RETRY = "x-should-retry";

    private final AdmitRunner admitRunner;
    private final PassOn passOn;

    WorkloadController(AdmitRunner admitRunner, PassOn passOn) {
        this.admitRunner = admitRunner;
        this.passOn = passOn;
    }

    @PostMapping("/runs/{run}/snapshots/{snapshot}/attempts/start")
    ResponseEntity<byte[]> start(
            @PathVariable String run,
            @PathVariable String snapshot,
            @RequestBody(required = false) byte @Nullable [] body,
            HttpServletRequest request) {
        RunnerCall call = admitRunner.admit(run, request);
        return answer(passOn.startAttempt(call, RunnerCall.snapshot(snapshot), body));
    }

    @PostMapping("/runs/{run}/snapshots/{snapshot}/attempts/complete")
    ResponseEntity<byte[]> complete(
            @PathVariable String run,
            @PathVariable String snapshot,
            @RequestBody(required = false) byte @Nullable [] body,
            HttpServletRequest request) {
        RunnerCall call = admitRunner.admit(run, request);
        return answer(passOn.completeAttempt(call, RunnerCall.snapshot(snapshot), body));
    }

    @PostMapping("/runs/{run}/snapshots/{snapshot}/heartbeat")
    ResponseEntity<byte[]> heartbeat(
            @PathVariable String run,
            @PathVariable String snapshot,
            @RequestBody(required = false) byte @Nullable [] body,
            HttpServletRequest request) {
        RunnerCall call = admitRunner.admit(run, request);
        return answer(passOn.heartbeat(call, RunnerCall.snapshot(snapshot), body));
    }

    @GetMapping("/runs/{run}/snapshots/since/{snapshot}")
    ResponseEntity<byte[]> since(@PathVariable String run, @PathVariable String snapshot, HttpServletRequest request) {
        RunnerCall call = admitRunner.admit(run, request);
        return answer(passOn.since(call, RunnerCall.snapshot(snapshot)));
    }

    @GetMapping("/runs/{run}/snapshots/{snapshot}/continue")
    ResponseEntity<byte[]> resume(@PathVariable String run, @PathVariable String snapshot, HttpServletRequest request) {
        RunnerCall call = admitRunner.admit(run, request);
        return answer(passOn.resume(call, RunnerCall.snapshot(snapshot)));
    }

    @GetMapping("/runs/{run}/snapshots/{snapshot}/suspend")
    ResponseEntity<Map<String, Object>> suspend(@PathVariable String run, HttpServletRequest request) {
        admitRunner.admit(run, request);
        return ResponseEntity.badRequest().body(Map.of("ok", false, "error", "Checkpoints disabled"));
    }

    /// Runners of other languages send notes on themselves. They are of no use to anyone here.
    @PostMapping("/runs/{run}/logs/debug")
    ResponseEntity<Void> debugLog(@PathVariable String run, HttpServletRequest request) {
        admitRunner.admit(run, request);
        return ResponseEntity.noContent().build();
    }

    /// Old runners ask for work here. They get none: work comes to this supervisor alone.
    @GetMapping("/deployments/{deployment}/dequeue")
    List<Object> dequeue(@PathVariable String deployment) {
        return List.of();
    }

    @ExceptionHandler
    ResponseEntity<Map<String, String>> refuse(RunnerCall.Refused refusal) {
        return ResponseEntity.status(refusal.status())
                .header(SHOULD_RETRY, "false")
                .body(Map.of("error", String.valueOf(refusal.getMessage())));
    }

    private static ResponseEntity<byte[]> answer(RawResponse response) {
        HttpHeaders headers = new HttpHeaders();
        String type = response.contentType();
        headers.set(HttpHeaders.CONTENT_TYPE, type == null ? MediaType.APPLICATION_JSON_VALUE : type);
        if (response.shouldRetry() != null) {
            headers.set(SHOULD_RETRY, response.shouldRetry());
        }
        return ResponseEntity.status(response.status()).headers(headers).body(response.body());
    }
}
