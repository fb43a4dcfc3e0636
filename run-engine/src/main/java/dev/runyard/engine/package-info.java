/// The run engine. Start reading at RunEngine, then follow a run: trigger, queue, claim, attempt, lifecycle.
///
/// PostgreSQL decides, Redis accelerates: run_state holds one row a run whose version fences every change;
/// Redis holds a projection of the queue that can be lost at any time. Nothing here knows Spring Boot, JPA
/// or the web.
@NullMarked
package dev.runyard.engine;

import org.jspecify.annotations.NullMarked;
