/// Operating system processes that belong to a command: started apart from the terminal, watched, and ended in order.
@NullMarked
package dev.runyard.cli.process;

import org.jspecify.annotations.NullMarked;
