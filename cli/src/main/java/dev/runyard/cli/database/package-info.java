/// PostgreSQL from a jar, with its files in a folder that outlives the process.
@NullMarked
package dev.runyard.cli.database;

import org.jspecify.annotations.NullMarked;
