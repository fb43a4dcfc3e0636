/// Lets pages of the dashboard call the public API for the environment that they show, by the session of the person who
/// looks. Entry: RelayToPublicApi.
@NullMarked
package dev.runyard.webapp.relay;

import org.jspecify.annotations.NullMarked;
