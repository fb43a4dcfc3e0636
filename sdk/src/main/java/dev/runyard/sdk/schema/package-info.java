/** Rules that payloads must keep. Entry: {@link dev.runyard.sdk.schema.PayloadSchema}. */
@NullMarked
package dev.runyard.sdk.schema;

import org.jspecify.annotations.NullMarked;
