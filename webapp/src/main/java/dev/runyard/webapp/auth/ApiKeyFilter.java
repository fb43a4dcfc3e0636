package dev.runyard.webapp.auth;

import dev.runyard.webapp.api.shared.ErrorResponses;
import dev.runyard.webapp.auth.RecognizeCaller.Recognized;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/// Recognizes who calls the public API. A request without a credential goes on: the rule of its route decides.
final class ApiKeyFilter extends OncePerRequestFilter {
    private static final String BRANCH = "x-trigger-branch";

    private final RecognizeCaller recognizeCaller;
    private final OpenRoutes open;
    private final RefusalLimit refusals;
    private final ErrorResponses errors;

    ApiKeyFilter(RecognizeCaller recognizeCaller, OpenRoutes open, RefusalLimit refusals, ErrorResponses errors) {
        this.recognizeCaller = recognizeCaller;
        this.open = open;
        this.refusals = refusals;
        this.errors = errors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> credential = Bearer.read(request);
        if (credential.isPresent() && !open.matches(request)) {
            switch (recognizeCaller.recognize(credential.get(), request.getHeader(BRANCH))) {
                case Recognized.Known known -> CallerAuthentication.set(known.caller(), known.credential());
                case Recognized.Refused(String sentence) -> {
                    if (!refusals.answers(request, response)) {
                        errors.write(response, HttpStatus.UNAUTHORIZED, sentence);
                    }
                    return;
                }
            }
        }
        chain.doFilter(request, response);
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }
}
