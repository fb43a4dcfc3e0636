/// Tests of the public API over HTTP.
@NullMarked
package dev.runyard.webapp.api;

import org.jspecify.annotations.NullMarked;
