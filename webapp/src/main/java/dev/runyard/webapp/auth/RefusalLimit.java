package dev.runyard.webapp.auth;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// Counts what an address was refused for its credentials.
@FunctionalInterface
public interface RefusalLimit {
    /// Answers the request where its address was refused too often; false where it may hear why it is refused.
    boolean answers(HttpServletRequest request, HttpServletResponse response) throws IOException;
}
