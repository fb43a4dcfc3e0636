package dev.runyard.webapp.deployment;

import jakarta.persistence.Embeddable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/// A task of a version.
///
/// @param taskId its id
/// @param definition the TaskResource as JSON
@Embeddable
record BackgroundWorkerTask(
        String taskId, @JdbcTypeCode(SqlTypes.JSON) String definition) {}
