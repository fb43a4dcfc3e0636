package dev.runyard.webapp.api.shared;

import java.util.List;
import org.springframework.http.HttpStatus;

/// A request that is answered with an error: thrown where a request is read, so that no half-checked value goes on.
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final transient ApiError body;

    private ApiException(HttpStatus status, ApiError body) {
        super(body.error(), null, false, false);
        this.status = status;
        this.body = body;
    }

    /// A request that cannot be carried out as it is.
    public static ApiException of(HttpStatus status, String sentence) {
        return new ApiException(status, ApiError.of(sentence));
    }

    /// A request that is understood but refused.
    public static ApiException unprocessable(String sentence) {
        return of(HttpStatus.UNPROCESSABLE_CONTENT, sentence);
    }

    /// A known caller who has no right to what it asks for.
    public static ApiException notPermitted() {
        return new ApiException(HttpStatus.FORBIDDEN, ApiError.notPermitted());
    }

    /// A wrong value in the body.
    ///
    /// @param path of the value, such as `options.delay`
    /// @param rule what it must be
    public static ApiException invalid(String path, String rule) {
        String sentence = path + " " + rule;
        return new ApiException(
                HttpStatus.BAD_REQUEST,
                ApiError.body(
                        "Validation error: " + sentence,
                        new ApiError.Issue("custom", List.of(path.split("\\.")), sentence)));
    }

    /// A wrong value in the body, in the words of the older routes.
    public static ApiException invalidBody(String path, String rule) {
        return new ApiException(
                HttpStatus.BAD_REQUEST,
                ApiError.body(
                        "Invalid request body: " + path + " " + rule,
                        new ApiError.Issue("custom", List.of(path.split("\\.")), path + " " + rule)));
    }

    /// A wrong query parameter.
    public static ApiException query(String parameter, String sentence) {
        return detail("Query Error", parameter, sentence);
    }

    /// A wrong part of the path.
    public static ApiException params(String parameter, String sentence) {
        return detail("Params Error", parameter, sentence);
    }

    private static ApiException detail(String error, String parameter, String sentence) {
        return new ApiException(
                HttpStatus.BAD_REQUEST,
                ApiError.request(error, new ApiError.Issue("custom", List.of(parameter), sentence)));
    }

    /// Returns the status of the answer.
    public HttpStatus status() {
        return status;
    }

    /// Returns what is wrong in one sentence, which names the parameter where one is wrong.
    public String sentence() {
        List<ApiError.Issue> details = body.details();
        return details == null || details.isEmpty()
                ? body.error()
                : String.join(".", details.getFirst().path()) + ": "
                        + details.getFirst().message();
    }

    ApiError body() {
        return body;
    }
}
