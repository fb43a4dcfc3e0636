@NullMarked
package dev.runyard.cli.dev;

import org.jspecify.annotations.NullMarked;
