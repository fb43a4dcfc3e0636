/// Who makes a request, and what they may do. Entry: SecurityConfig.
///
/// Four kinds of caller: an environment's secret key or a public token signed with it (ApiCaller), a
/// supervisor (WorkerIdentity), a run (RunIdentity), and a person in the dashboard. The chains tell who
/// calls; what each route takes stands on it as a Permit (package `access`), which RouteGuard enforces and
/// Routes lists.
@NullMarked
package dev.runyard.webapp.auth;

import org.jspecify.annotations.NullMarked;
