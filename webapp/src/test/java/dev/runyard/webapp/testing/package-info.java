/// What tests of the server share: an HTTP client, and the parts that supervisors, runners and build tools play.
@NullMarked
package dev.runyard.webapp.testing;

import org.jspecify.annotations.NullMarked;
