package dev.runyard.supervisor.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Settings of child processes.
///
/// @param java the Java executable; the supervisor's own where absent
/// @param slotsPerProcessor how many runs are taken for each processor
/// @param workloadApiDomain the supervisor's host name as processes see it
/// @param outputLimit size above which a process's kept output is cut
/// @param checkInterval how often kept output is measured
public record ProcessProperties(
        @Nullable Path java,
        @DefaultValue("2") int slotsPerProcessor,
        @DefaultValue("127.0.0.1") String workloadApiDomain,
        @DefaultValue("10MB") DataSize outputLimit,
        @DefaultValue("5s") Duration checkInterval) {}
