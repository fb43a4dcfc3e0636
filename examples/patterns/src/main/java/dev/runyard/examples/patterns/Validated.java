package dev.runyard.examples.patterns;

import dev.runyard.sdk.Task;
import dev.runyard.sdk.schema.PayloadSchema;

/** A task whose payload must keep rules; one that does not fails at once. */
public final class Validated {
    /** Greets somebody of a plausible age. */
    public static final Task<Person, String> VALIDATED = Task.define("validated-task")
            .input(Person.class)
            .output(String.class)
            .schema(PayloadSchema.of("""
                    {"type": "object", "required": ["name", "age", "email"],
                     "properties": {
                       "name": {"type": "string", "minLength": 1},
                       "age": {"type": "integer", "minimum": 0, "maximum": 120},
                       "email": {"type": "string", "format": "email"}}}"""))
            .run((person, context) -> "Hello " + person.name() + ", age " + person.age());

    private Validated() {}

    /**
     * @param name who
     * @param age how old
     * @param email where to write to
     */
    public record Person(String name, int age, String email) {}
}
