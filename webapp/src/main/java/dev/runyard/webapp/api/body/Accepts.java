package dev.runyard.webapp.api.body;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Says what the body of a route is. `Void` says that there is none, `Object` that it is any JSON.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Accepts {
    /// The type whose members the body has.
    Class<?> value();

    /// Whether the body may be missing.
    boolean optional() default false;

    /// Its media type.
    String type() default "application/json";
}
