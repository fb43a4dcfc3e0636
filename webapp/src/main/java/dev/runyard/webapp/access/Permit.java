package dev.runyard.webapp.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Says who may call a route. Every route has one, on its method or its class; the server does not start without.
///
/// A scope is written as tokens have it, such as `read:runs:{run}`, with path variables in braces. A caller with scopes
/// needs one that permits any of those listed here.
@Documented
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Permit {
    /// Kinds of credential that the route takes.
    Credential[] to();

    /// What a caller with scopes needs one of.
    String[] scopes() default {};

    /// Whether the handler itself asks for further scopes, because they depend on what it reads. `scopes` then is what
    /// the documentation says, and is not checked before.
    boolean handlerDecides() default false;

    /// Whether a caller needs no scope at all.
    boolean anyScope() default false;
}
