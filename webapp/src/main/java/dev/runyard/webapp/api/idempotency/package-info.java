/// Freeing idempotency keys. Entry: IdempotencyKeyController.
@NullMarked
package dev.runyard.webapp.api.idempotency;

import org.jspecify.annotations.NullMarked;
