/// Releases bundles of tasks to a server. Entry: `DeployBundle`.
@NullMarked
package dev.runyard.cli.deploy;

import org.jspecify.annotations.NullMarked;
