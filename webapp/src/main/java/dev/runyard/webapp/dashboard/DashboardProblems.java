package dev.runyard.webapp.dashboard;

import dev.runyard.webapp.api.shared.ApiException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/// Errors of the dashboard's interface as problem details.
@RestControllerAdvice(basePackages = {"dev.runyard.webapp.dashboard", "dev.runyard.webapp.session"})
@Order(Ordered.HIGHEST_PRECEDENCE)
class DashboardProblems {
    private static final Logger LOG = LoggerFactory.getLogger(DashboardProblems.class);

    @ExceptionHandler(NotFound.class)
    ResponseEntity<ProblemDetail> notFound(NotFound e) {
        return problem(HttpStatus.NOT_FOUND, String.valueOf(e.getMessage()));
    }

    @ExceptionHandler(ApiException.class)
    ResponseEntity<ProblemDetail> refused(ApiException e) {
        return problem(e.status(), e.sentence());
    }

    @ExceptionHandler(IllegalArgumentException.class)
    ResponseEntity<ProblemDetail> badRequest(IllegalArgumentException e) {
        return problem(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
    }

    @ExceptionHandler(MethodArgumentTypeMismatchException.class)
    ResponseEntity<ProblemDetail> badParameter(MethodArgumentTypeMismatchException e) {
        return problem(HttpStatus.BAD_REQUEST, "Parameter \"" + e.getName() + "\" cannot be read.");
    }

    @ExceptionHandler(HttpMessageNotReadableException.class)
    ResponseEntity<ProblemDetail> badBody(HttpMessageNotReadableException e) {
        LOG.debug("unreadable body", e);
        return problem(HttpStatus.BAD_REQUEST, "The body is not the JSON that this route expects.");
    }

    @ExceptionHandler({InvalidParameterException.class, RequestRejectedException.class})
    ResponseEntity<ProblemDetail> badForm(RuntimeException e) {
        LOG.debug("unreadable parameters", e);
        return problem(HttpStatus.BAD_REQUEST, "The parameters of the request cannot be read.");
    }

    /// The browser left while a stream was open; nobody is there to answer.
    @ExceptionHandler(AsyncRequestNotUsableException.class)
    void gone(AsyncRequestNotUsableException e) {
        LOG.debug("client left", e);
    }

    @ExceptionHandler(Exception.class)
    ResponseEntity<ProblemDetail> other(Exception e) {
        if (e instanceof ErrorResponse response) {
            return ResponseEntity.status(response.getStatusCode()).body(response.getBody());
        }
        LOG.error("dashboard request failed", e);
        return problem(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong. The server's log says more.");
    }

    private static ResponseEntity<ProblemDetail> problem(HttpStatus status, String sentence) {
        return ResponseEntity.status(status).body(ProblemDetail.forStatusAndDetail(status, sentence));
    }
}
