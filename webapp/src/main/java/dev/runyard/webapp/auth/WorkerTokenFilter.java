package dev.runyard.webapp.auth;

import dev.runyard.webapp.access.Credential;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/// Recognizes supervisors.
final class WorkerTokenFilter extends OncePerRequestFilter {
    private final WorkerAuthenticator workers;

    WorkerTokenFilter(WorkerAuthenticator workers) {
        this.workers = workers;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        workers.authenticate(request).ifPresent(worker -> CallerAuthentication.set(worker, Credential.WORKER));
        chain.doFilter(request, response);
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }
}
