/// Health of the server for load balancers and operators.
@NullMarked
package dev.runyard.webapp.admin;

import org.jspecify.annotations.NullMarked;
