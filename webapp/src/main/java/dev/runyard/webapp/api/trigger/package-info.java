/// Triggering tasks. Entry: TriggerController.
///
/// ReadRun turns a request into the engine's command and refuses, by name, every option that is wrong or not offered:
/// an option that is silently ignored would be found out in production. What is absent, or null, has its default.
@NullMarked
package dev.runyard.webapp.api.trigger;

import org.jspecify.annotations.NullMarked;
