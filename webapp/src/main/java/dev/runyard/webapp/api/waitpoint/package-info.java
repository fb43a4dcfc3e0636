/// Waits: tokens that anybody completes, and the waits that a run asks for itself. Entries:
/// WaitpointController for tokens, CallbackController for whoever has a token's address, WaitController for
/// runs.
@NullMarked
package dev.runyard.webapp.api.waitpoint;

import org.jspecify.annotations.NullMarked;
