/// The `runyard` command. `Main` is the entry; each command is a class of its feature's package.
@NullMarked
package dev.runyard.cli;

import org.jspecify.annotations.NullMarked;
