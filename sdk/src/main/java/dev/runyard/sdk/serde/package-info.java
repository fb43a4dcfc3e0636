/** How payloads and outputs are written: JSON, and what the official TypeScript client sends. */
@NullMarked
package dev.runyard.sdk.serde;

import org.jspecify.annotations.NullMarked;
