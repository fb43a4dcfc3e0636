/**
 * Runyard in a Spring Boot application: a client, and a worker for the tasks that are beans. Entry:
 * {@link dev.runyard.spring.RunyardAutoConfiguration}.
 */
@NullMarked
package dev.runyard.spring;

import org.jspecify.annotations.NullMarked;
