package dev.runyard.webapp.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runyard.engine.EngineHealth;
import dev.runyard.engine.RunEngine;
import dev.runyard.webapp.access.Credential;
import dev.runyard.webapp.access.Permit;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Tells whether the server lives, and whether it can take requests.
///
/// Without PostgreSQL it can take none. Without Redis it can take all, only slower, so it stays ready and says
/// `degraded`.
@RestController
@Permit(to = Credential.NONE)
class HealthController {
    private static final int VALIDATION_SECONDS = 2;
    private static final Logger log = LoggerFactory.getLogger(HealthController.class);

    private final DataSource dataSource;
    private final RunEngine engine;

    HealthController(DataSource dataSource, RunEngine engine) {
        this.dataSource = dataSource;
        this.engine = engine;
    }

    /// @param status `ok`, `degraded` or `down`
    /// @param database `ok` or `down`
    /// @param queue where claims of runs come from: `redis`, `rebuilding` or `database`
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Health(
            String status,
            @Nullable String database,
            @Nullable String queue) {}

    @GetMapping(value = "/healthcheck", produces = MediaType.TEXT_PLAIN_VALUE)
    String healthcheck() {
        return "OK";
    }

    @GetMapping("/health/live")
    Health live() {
        return new Health("ok", null, null);
    }

    @GetMapping("/health/ready")
    ResponseEntity<Health> ready() {
        if (!isDatabaseUp()) {
            return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).body(new Health("down", "down", null));
        }
        return ResponseEntity.ok(
                switch (engine.health().queue()) {
                    case EngineHealth.Queue.REDIS -> new Health("ok", "ok", "redis");
                    case EngineHealth.Queue.REBUILDING -> new Health("ok", "ok", "rebuilding");
                    case EngineHealth.Queue.DATABASE -> new Health("degraded", "ok", "database");
                });
    }

    private boolean isDatabaseUp() {
        try (Connection connection = dataSource.getConnection()) {
            return connection.isValid(VALIDATION_SECONDS);
        } catch (SQLException e) {
            log.warn("The database does not answer: {}", e.getMessage());
            return false;
        }
    }
}
