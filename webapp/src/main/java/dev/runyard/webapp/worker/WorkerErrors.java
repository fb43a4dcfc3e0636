package dev.runyard.webapp.worker;

import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/// Errors of the worker contract.
@RestControllerAdvice(basePackages = "dev.runyard.webapp.worker")
@Order(Ordered.HIGHEST_PRECEDENCE)
class WorkerErrors {
    private static final String SHOULD_RETRY = "x-should-retry";

    @ExceptionHandler(WorkerRequestException.class)
    ResponseEntity<Map<String, String>> unreadable(WorkerRequestException e) {
        return ResponseEntity.badRequest()
                .header(SHOULD_RETRY, "false")
                // Also for callers that say they want something else.
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("error", String.valueOf(e.getMessage()), "details", e.details()));
    }

    static ResponseEntity<?> of(HttpStatus status, String sentence) {
        return ResponseEntity.status(status)
                .header(SHOULD_RETRY, Boolean.toString(status.is5xxServerError()))
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("error", sentence));
    }
}
