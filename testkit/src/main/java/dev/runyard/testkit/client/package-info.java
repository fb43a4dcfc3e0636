/// The official npm client as a test sees it. Entry: OfficialClient.
///
/// The scripts that drive it are resources of this module (`client/*.mjs`), because two modules run them: against a
/// server with a played worker, and against a whole system with real tasks.
@NullMarked
package dev.runyard.testkit.client;

import org.jspecify.annotations.NullMarked;
