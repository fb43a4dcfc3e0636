package dev.runyard.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/// Breaks one commit: either it does not happen, or it does and nobody hears of it.
final class BreakingDataSource extends DelegatingDataSource {
    enum Fault {
        /// The commit is not done, and fails.
        ERROR_BEFORE,
        /// The commit is done, and fails all the same.
        OK_THEN_ERROR
    }

    private final AtomicInteger commits = new AtomicInteger();
    private volatile Fault fault = Fault.ERROR_BEFORE;
    private volatile int number;

    BreakingDataSource(DataSource target) {
        super(target);
    }

    /// Breaks the commit of this number, counted from now on; the first is 1.
    void breakCommit(Fault kind, int nth) {
        fault = kind;
        commits.set(0);
        number = nth;
    }

    /// Tells whether there were so many commits.
    boolean hasBroken() {
        return commits.get() >= number;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection real = super.getConnection();
        return proxy(Connection.class, real, (name, call) -> {
            if (name.equals("commit")) {
                return breakable(call);
            }
            Object result = call.invoke();
            return result instanceof PreparedStatement statement ? breakable(real, statement) : result;
        });
    }

    private PreparedStatement breakable(Connection connection, PreparedStatement real) {
        return proxy(PreparedStatement.class, real, (name, call) -> {
            boolean writes = name.startsWith("execute")
                    && connection.getAutoCommit()
                    && !real.toString().contains("wrapping select");
            return writes ? breakable(call) : call.invoke();
        });
    }

    private Object breakable(Call call) throws Exception {
        boolean breaks = commits.incrementAndGet() == number;
        if (breaks && fault == Fault.ERROR_BEFORE) {
            throw new SQLException("the connection broke before the commit", "08006");
        }
        Object result = call.invoke();
        if (breaks) {
            throw new SQLException("the connection broke after the commit", "08006");
        }
        return result;
    }

    private interface Call {
        Object invoke() throws Exception;
    }

    private interface Around {
        Object apply(String method, Call call) throws Exception;
    }

    private static <T> T proxy(Class<T> type, T real, Around around) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (_, method, args) -> around.apply(method.getName(), () -> {
                    try {
                        return method.invoke(real, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() instanceof Exception cause ? cause : e;
                    }
                })));
    }
}
