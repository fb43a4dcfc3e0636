package dev.runyard.examples.introspect;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The payload.
 *
 * @param url the database, as {@code postgres://user:password@host:5432/database} or as a JDBC URL
 * @param schemas which schemas to describe; all but the system's where it is absent
 * @param maxTables most tables to describe, 1,000 where it is absent
 */
public record IntrospectionRequest(
        @JsonPropertyDescription("postgres://user:password@host:5432/database") @Nullable
        String url,

        @JsonPropertyDescription("Which schemas to describe; all but the system's where there are none")
        @JsonProperty(defaultValue = "null")
        @Nullable
        List<String> schemas,

        @JsonPropertyDescription("Most tables to describe") @JsonProperty(defaultValue = "1000") @Nullable
        Integer maxTables) {
    private static final int DEFAULT_MAX_TABLES = 1_000;

    int tableLimit() {
        return maxTables == null ? DEFAULT_MAX_TABLES : Math.max(1, maxTables);
    }
}
