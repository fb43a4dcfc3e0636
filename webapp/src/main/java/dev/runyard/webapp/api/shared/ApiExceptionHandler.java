package dev.runyard.webapp.api.shared;

import java.util.Objects;
import java.util.Set;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/// Turns whatever a controller throws into an answer of the public API. Packages with another form of
/// errors have their own handler, which stands before this one.
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class ApiExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ApiExceptionHandler.class);

    @ExceptionHandler(ApiException.class)
    ResponseEntity<Object> refused(ApiException e) {
        return answer(e.status(), e.body());
    }

    @ExceptionHandler({NoResourceFoundException.class, NoHandlerFoundException.class})
    ResponseEntity<Object> unknownRoute(Exception e) {
        return answer(HttpStatus.NOT_FOUND, ApiError.of("Not found"));
    }

    @ExceptionHandler(HttpRequestMethodNotSupportedException.class)
    ResponseEntity<Object> wrongMethod(HttpRequestMethodNotSupportedException e) {
        HttpHeaders headers = new HttpHeaders();
        headers.setAllow(Objects.requireNonNullElse(e.getSupportedHttpMethods(), Set.of()));
        return ResponseEntity.status(HttpStatus.METHOD_NOT_ALLOWED)
                .headers(headers)
                .header(ErrorResponses.SHOULD_RETRY, "false")
                .contentType(MediaType.APPLICATION_JSON)
                .body(ApiError.of("Method not allowed"));
    }

    @ExceptionHandler(MethodArgumentTypeMismatchException.class)
    ResponseEntity<Object> wrongType(MethodArgumentTypeMismatchException e) {
        ApiException refusal = ApiException.params(e.getName(), "This value cannot be read.");
        return answer(refusal.status(), refusal.body());
    }

    @ExceptionHandler(HttpMessageNotReadableException.class)
    ResponseEntity<Object> unreadable(HttpMessageNotReadableException e) {
        return answer(HttpStatus.BAD_REQUEST, ApiError.of("Invalid JSON"));
    }

    /// A form whose names or values cannot be decoded, or are not allowed.
    @ExceptionHandler({InvalidParameterException.class, RequestRejectedException.class})
    ResponseEntity<Object> unreadableForm(RuntimeException e) {
        return answer(HttpStatus.BAD_REQUEST, ApiError.of("The parameters of the request cannot be read"));
    }

    /// The caller left; nobody reads an answer.
    @ExceptionHandler(AsyncRequestNotUsableException.class)
    void gone(AsyncRequestNotUsableException e) {
        log.debug("A caller left before its answer was written", e);
    }

    @ExceptionHandler(Exception.class)
    ResponseEntity<Object> other(Exception e) {
        if (e instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
            HttpStatus status = HttpStatus.valueOf(known.getStatusCode().value());
            return answer(status, ApiError.of(status.getReasonPhrase()));
        }
        log.error("A request failed", e);
        return answer(HttpStatus.INTERNAL_SERVER_ERROR, ApiError.of("Internal Server Error"));
    }

    private static ResponseEntity<Object> answer(HttpStatus status, Object body) {
        return ResponseEntity.status(status)
                .header(ErrorResponses.SHOULD_RETRY, Boolean.toString(ErrorResponses.isRetryable(status)))
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }
}
