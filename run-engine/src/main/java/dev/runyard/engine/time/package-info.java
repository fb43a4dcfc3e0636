/// What time it is: the time of the database, which all webapps share.
///
/// Entry: DatabaseClock. The clocks of the machines that webapps run on decide nothing, so one that is
/// wrong or jumps ends no delay early and takes no run from its worker (answers F29 of the fault matrix).
@NullMarked
package dev.runyard.engine.time;

import org.jspecify.annotations.NullMarked;
