/// Triggering tasks. Entry: TriggerController.
@NullMarked
package dev.runyard.webapp.api.trigger;

import org.jspecify.annotations.NullMarked;
