/** Tests tasks without a server. Entry: {@link dev.runyard.sdk.testing.InlineRunner}. */
@NullMarked
package dev.runyard.sdk.testing;

import org.jspecify.annotations.NullMarked;
