package dev.runyard.webapp.relay;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.nio.charset.StandardCharsets;
import org.springframework.web.util.UriUtils;

/// A request under another address. What is encoded in it stays encoded: names of tasks and queues hold slashes.
final class RelayedRequest extends HttpServletRequestWrapper {
    private final String path;

    RelayedRequest(HttpServletRequest request, String path) {
        super(request);
        this.path = path;
    }

    @Override
    public String getRequestURI() {
        return path;
    }

    @Override
    public String getServletPath() {
        return UriUtils.decode(path, StandardCharsets.UTF_8);
    }

    @Override
    public StringBuffer getRequestURL() {
        StringBuffer url = super.getRequestURL();
        return url.replace(url.length() - super.getRequestURI().length(), url.length(), path);
    }
}
