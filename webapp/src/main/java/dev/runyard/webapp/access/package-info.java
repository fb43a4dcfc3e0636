/// What a route says about its callers. Entry: Permit.
///
/// Only words live here, so that every package with a controller can use them; `auth` gives them force.
@NullMarked
package dev.runyard.webapp.access;

import org.jspecify.annotations.NullMarked;
