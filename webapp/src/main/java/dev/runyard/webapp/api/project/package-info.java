/// Projects, organizations, environments and branches, for tools. Entry: ProjectController.
///
/// ProjectAccess is the one place that says whether a caller may use an environment that an address names.
@NullMarked
package dev.runyard.webapp.api.project;

import org.jspecify.annotations.NullMarked;
