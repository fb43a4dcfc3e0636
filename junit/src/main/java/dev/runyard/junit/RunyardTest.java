package dev.runyard.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Gives a test class a live Runyard: PostgreSQL, Redis and the server, all embedded, and a worker with the given
/// tasks.
///
/// The servers start once for all classes of a JVM. Tests get as parameters: the client `Runyard`, the
/// `EmbeddedRunyard` and, where there are tasks, the `Worker`. Classes with this annotation do not run at
/// the same time, because each has its own tasks in the same environment.
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ResourceLock("dev.runyard.junit")
@ExtendWith(RunyardExtension.class)
public @interface RunyardTest {
    /// Classes whose static fields hold the tasks; none where an application under test has a worker of its own.
    Class<?>[] tasks() default {};

    /// How many runs the worker executes at once.
    int concurrency() default 10;
}
