/// Who makes a request, and what they may do. Entry: SecurityConfig.
///
/// Four kinds of caller: an environment's secret key or a public token signed with it (ApiCaller), a supervisor
/// (WorkerIdentity), a run (RunIdentity), and a person in the dashboard. Every chain denies what it does not name.
@NullMarked
package dev.runyard.webapp.auth;

import org.jspecify.annotations.NullMarked;
