package dev.runyard.webapp.deployment;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/// Answers to steps of a deployment that could not be done. None is worth a second try with the same request.
final class DeploymentErrors {
    private DeploymentErrors() {}

    static ResponseEntity<?> invalid(List<ManifestProblem> problems) {
        String sentence = problems.stream()
                .map(problem -> problem.path() + " " + problem.message())
                .collect(Collectors.joining("; "));
        List<Map<String, Object>> issues = problems.stream()
                .map(problem -> Map.<String, Object>of(
                        "path", List.of(problem.path().split("\\.")), "message", problem.message(), "code", "custom"))
                .toList();
        return answer(HttpStatus.BAD_REQUEST, Map.of("error", "Validation error: " + sentence, "issues", issues));
    }

    static ResponseEntity<?> notFound() {
        return answer(HttpStatus.NOT_FOUND, Map.of("error", "Deployment not found"));
    }

    static ResponseEntity<?> projectNotFound() {
        return answer(HttpStatus.NOT_FOUND, Map.of("error", "Project not found: the key belongs to another one"));
    }

    static ResponseEntity<?> outOfOrder(String sentence) {
        return answer(HttpStatus.UNPROCESSABLE_CONTENT, Map.of("error", sentence));
    }

    private static ResponseEntity<?> answer(HttpStatus status, Map<String, Object> body) {
        return ResponseEntity.status(status).header("x-should-retry", "false").body(body);
    }
}
