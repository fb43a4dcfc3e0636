/// Makes a project with a first task. Entry: [dev.runyard.cli.init.WriteProject].
@NullMarked
package dev.runyard.cli.init;

import org.jspecify.annotations.NullMarked;
