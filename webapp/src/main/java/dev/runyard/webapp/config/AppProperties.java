package dev.runyard.webapp.config;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How the world reaches this server.
///
/// @param origin base URL for people, such as `https://jobs.example.com`
@ConfigurationProperties("runyard.app")
public record AppProperties(
        @DefaultValue("http://localhost:3030") URI origin) {
    public AppProperties {
        if (origin.getScheme() == null || origin.getHost() == null) {
            throw new IllegalArgumentException(
                    "runyard.app.origin must be a base URL such as https://jobs.example.com, not '" + origin + "'");
        }
    }

    /// Returns the origin without a slash at its end.
    public String url() {
        return origin.toString().replaceAll("/+$", "");
    }
}
