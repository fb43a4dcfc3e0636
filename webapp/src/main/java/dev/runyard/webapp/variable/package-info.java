/// Environment variables of tasks. Entries: EnvironmentVariables (what a run gets), VariableController (the API).
///
/// Values are sealed in the database. A branch has its parent's variables, and its own before them.
@NullMarked
package dev.runyard.webapp.variable;

import org.jspecify.annotations.NullMarked;
