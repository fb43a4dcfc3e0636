package dev.runyard.engine;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/// Changes one component of a record, so that a test names only the setting that it is about.
final class Components {
    private Components() {}

    /// Returns a copy with another value of a component.
    static <T extends Record> T replace(T record, String name, Object value) {
        try {
            RecordComponent[] components = record.getClass().getRecordComponents();
            Object[] values = new Object[components.length];
            boolean found = false;
            for (int i = 0; i < components.length; i++) {
                boolean isMeant = components[i].getName().equals(name);
                found |= isMeant;
                values[i] = isMeant ? value : components[i].getAccessor().invoke(record);
            }
            if (!found) {
                throw new IllegalArgumentException(record.getClass() + " has no component " + name);
            }
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            @SuppressWarnings("unchecked")
            Class<T> type = (Class<T>) record.getClass();
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
