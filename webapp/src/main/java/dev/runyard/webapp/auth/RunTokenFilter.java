package dev.runyard.webapp.auth;

import dev.runyard.webapp.access.Credential;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/// Recognizes runs.
final class RunTokenFilter extends OncePerRequestFilter {
    private final RunTokens tokens;

    RunTokenFilter(RunTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Bearer.read(request).flatMap(tokens::verify).ifPresent(run -> CallerAuthentication.set(run, Credential.RUN));
        chain.doFilter(request, response);
    }
}
