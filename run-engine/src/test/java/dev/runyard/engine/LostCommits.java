package dev.runyard.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/// Does what it is asked and then says that the connection broke, or refuses every connection.
final class LostCommits {
    /// Stands for the commit of a transaction of several statements.
    static final String COMMIT = "commit";

    static final String WRITE_RUNS = "json_to_recordset";
    static final String WRITE_TRANSITION = "insert into run_result";

    final AtomicInteger lost = new AtomicInteger();
    private final AtomicReference<@Nullable String> next = new AtomicReference<>();
    private volatile boolean refuses;

    /// Loses the answer to the next statement that contains the text, or to the next commit.
    void lose(String text) {
        next.set(text);
    }

    void refuse(boolean newRefuses) {
        this.refuses = newRefuses;
    }

    DataSource wrap(DataSource real) {
        return new DelegatingDataSource(real) {
            @Override
            public Connection getConnection() throws SQLException {
                if (refuses) {
                    throw new SQLNonTransientConnectionException("no connection", "08001");
                }
                return connection(super.getConnection());
            }
        };
    }

    private Connection connection(Connection real) {
        return proxy(Connection.class, (method, args) -> {
            Object result = invoke(real, method, args);
            if (method.getName().equals("commit")) {
                loseIf(COMMIT);
            }
            return result instanceof PreparedStatement statement && args != null
                    ? statement(statement, String.valueOf(args[0]))
                    : result;
        });
    }

    private PreparedStatement statement(PreparedStatement real, String sql) {
        return proxy(PreparedStatement.class, (method, args) -> {
            Object result = invoke(real, method, args);
            if (method.getName().startsWith("execute")) {
                String wanted = next.get();
                if (wanted != null && sql.contains(wanted)) {
                    loseIf(wanted);
                }
            }
            return result;
        });
    }

    private void loseIf(String text) throws SQLException {
        if (Objects.equals(next.get(), text)) {
            next.set(null);
            lost.incrementAndGet();
            throw new SQLNonTransientConnectionException("the connection broke", "08006");
        }
    }

    private interface Call {
        @Nullable
        Object apply(Method method, Object @Nullable [] args) throws SQLException;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                LostCommits.class.getClassLoader(),
                new Class<?>[] {type},
                (_, method, args) -> call.apply(method, args)));
    }

    private static @Nullable Object invoke(Object real, Method method, Object @Nullable [] args) throws SQLException {
        try {
            return method.invoke(real, args);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
