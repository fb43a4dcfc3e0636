/// Settings under `runyard.supervisor`. A key that no record has fails the start.
@NullMarked
package dev.runyard.supervisor.config;

import org.jspecify.annotations.NullMarked;
