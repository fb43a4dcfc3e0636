package dev.runyard.webapp.variable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Limits of environment variables.
///
/// @param maxPerEnvironment variables of one environment
/// @param maxValueBytes UTF-8 bytes of one value
/// @param maxImportBytes body of an import
@ConfigurationProperties("runyard.variables")
record VariableProperties(
        @DefaultValue("1000") int maxPerEnvironment,
        @DefaultValue("65536") int maxValueBytes,
        @DefaultValue("1048576") int maxImportBytes) {
    VariableProperties {
        if (maxPerEnvironment < 1 || maxValueBytes < 1 || maxImportBytes < 1) {
            throw new IllegalArgumentException("runyard.variables: a limit must be 1 or more");
        }
    }
}
