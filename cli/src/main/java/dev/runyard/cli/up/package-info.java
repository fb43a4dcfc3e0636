/// The whole server by one command, over PostgreSQL and Redis of its own in one folder. Entry: `RunServer`.
@NullMarked
package dev.runyard.cli.up;

import org.jspecify.annotations.NullMarked;
