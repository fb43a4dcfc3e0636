package dev.runyard.supervisor.workloadapi;

import dev.runyard.supervisor.config.WaitingProperties;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// Lets runners keep no connection between their calls where waiting ones are to be stored: a process with an open
/// connection cannot be.
public final class CloseConnections implements Filter {
    private final boolean isNeeded;

    public CloseConnections(WaitingProperties settings) {
        this.isNeeded = settings.tier() == WaitingProperties.Tier.CHECKPOINT;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (isNeeded && response instanceof HttpServletResponse answer) {
            answer.setHeader("Connection", "close");
        }
        chain.doFilter(request, response);
    }
}
