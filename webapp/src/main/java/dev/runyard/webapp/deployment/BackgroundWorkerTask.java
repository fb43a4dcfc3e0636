package dev.runyard.webapp.deployment;

import jakarta.persistence.Embeddable;

/// A task of a version.
///
/// @param taskId its id
/// @param definition the TaskResource as JSON, its members in the order of their author
@Embeddable
record BackgroundWorkerTask(String taskId, String definition) {}
