package dev.runyard.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/// Counts statements, and commits of transactions that write.
final class CountingDataSource extends DelegatingDataSource {
    final AtomicInteger statements = new AtomicInteger();
    final AtomicInteger commits = new AtomicInteger();

    CountingDataSource(DataSource target) {
        super(target);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection real = super.getConnection();
        return proxy(Connection.class, real, (method, result) -> {
            if (method.getName().equals("commit")) {
                commits.incrementAndGet();
            }
            return result instanceof PreparedStatement statement ? counted(real, statement) : result;
        });
    }

    private PreparedStatement counted(Connection connection, PreparedStatement real) {
        return proxy(PreparedStatement.class, real, (method, result) -> {
            if (method.getName().startsWith("execute")) {
                statements.incrementAndGet();
                if (connection.getAutoCommit() && !real.toString().contains("wrapping select")) {
                    commits.incrementAndGet();
                }
            }
            return result;
        });
    }

    private interface After {
        @Nullable
        Object apply(Method method, @Nullable Object result) throws SQLException;
    }

    private static <T> T proxy(Class<T> type, T real, After after) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, args) -> {
            try {
                return after.apply(method, method.invoke(real, args));
            } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
        }));
    }
}
