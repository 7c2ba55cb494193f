package dev.caravan.scenario.kill.target;

import dev.caravan.scenario.kill.point.Tripwire;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's driver, whose commits have three points: {@code commit:before}, {@code commit:left} when the commit has been begun and goes
 * on meanwhile, and {@code commit:after}.
 */
final class WatchedCommits implements Driver {

    private final Driver driver = new org.postgresql.Driver();
    private final Tripwire wire;

    private WatchedCommits(Tripwire wire) {
        this.wire = wire;
    }

    /** Takes the driver's place for all of this process. */
    static void register(Tripwire wire) {
        try {
            WatchedCommits watched = new WatchedCommits(wire);
            // It registered itself when it was loaded, which is never done again.
            org.postgresql.Driver.deregister();
            DriverManager.registerDriver(watched);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public @Nullable Connection connect(String url, Properties properties) throws SQLException {
        Connection behind = driver.connect(url, properties);
        return behind == null
                ? null
                : (Connection) Proxy.newProxyInstance(
                        Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, of) -> {
                            if (method.getName().equals("commit")) {
                                commit(behind);
                                return null;
                            }
                            try {
                                return method.invoke(behind, of);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    private void commit(Connection behind) throws SQLException {
        wire.pass("commit:before");
        if (wire.point().equals("commit:left")) {
            Thread commit = Thread.ofPlatform().daemon().start(() -> {
                try {
                    behind.commit();
                } catch (SQLException gone) {
                    // Nobody is left to hear of it.
                }
            });
            wire.pass("commit:left");
            join(commit);
        } else {
            behind.commit();
        }
        wire.pass("commit:after");
    }

    private static void join(Thread commit) {
        try {
            commit.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean acceptsURL(String url) throws SQLException {
        return driver.acceptsURL(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) throws SQLException {
        return driver.getPropertyInfo(url, properties);
    }

    @Override
    public int getMajorVersion() {
        return driver.getMajorVersion();
    }

    @Override
    public int getMinorVersion() {
        return driver.getMinorVersion();
    }

    @Override
    public boolean jdbcCompliant() {
        return driver.jdbcCompliant();
    }

    @Override
    public java.util.logging.Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("it does not log");
    }
}
