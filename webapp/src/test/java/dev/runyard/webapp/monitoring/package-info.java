@NullMarked
package dev.runyard.webapp.monitoring;

import org.jspecify.annotations.NullMarked;
