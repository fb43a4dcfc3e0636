/// Health of the server for load balancers and operators. Entry: HealthController.
@NullMarked
package dev.runyard.webapp.admin;

import org.jspecify.annotations.NullMarked;
