/// Changes the encryption key of an installation that has stored values with another one.
///
/// Every webapp seals with its first key and opens with all that it knows (`tenant/Seal`). [SealAnew] notes which
/// key is in use, and once no webapp uses another one, it replaces what others sealed and says when they may go.
@NullMarked
package dev.runyard.webapp.rotation;

import org.jspecify.annotations.NullMarked;
