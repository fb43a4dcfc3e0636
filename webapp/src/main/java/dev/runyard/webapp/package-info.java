/// The server: public API, workers' API, control plane, dashboard. Entry: WebApplication; Wiring builds the run engine.
///
/// Packages by feature. What runs do is decided in the run engine; here requests are checked, translated
/// and answered. `api` holds the public API, one package per resource; `worker`, `telemetry` and
/// `deployment` serve supervisors, runners and the command line; `tenant` and `auth` say whose request it
/// is.
@NullMarked
package dev.runyard.webapp;

import org.jspecify.annotations.NullMarked;
