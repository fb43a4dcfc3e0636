/// Versions of user code and their release. Entry: DeploymentController.
///
/// A deployment is made in three steps: initialize (a version number), register (its tasks), finalize (what
/// to start, and it becomes the current one). Registered versions are immutable, so DeployedVersions may
/// cache them for ever; only the pointer to the current one moves.
@NullMarked
package dev.runyard.webapp.deployment;

import org.jspecify.annotations.NullMarked;
