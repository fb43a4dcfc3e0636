/// What a person at the terminal sees.
@NullMarked
package dev.runyard.cli.console;

import org.jspecify.annotations.NullMarked;
