package kolla.runbooks.journal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * The journal's tables ({@code kr_…}) in the engine's database. Each change of them is a numbered
 * script that is applied once, under a lock, by whichever program starts first.
 */
public final class JournalSchema {

    private static final String SCRIPTS = "classpath:kolla/runbooks/journal/schema/";

    private JournalSchema() {}

    /** Brings the tables to what this program needs; does nothing when they are so already. */
    public static void bringUp(DataSource dataSource) {
        Flyway.configure(JournalSchema.class.getClassLoader())
                .dataSource(dataSource)
                .table("kr_schema_history")
                // The engine's tables stand in the same schema and are none of our business.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .locations(scripts(dataSource).toArray(String[]::new))
                .load()
                .migrate();
    }

    private static List<String> scripts(DataSource dataSource) {
        List<String> folders = new ArrayList<>(List.of(SCRIPTS + "common"));
        try (Connection connection = dataSource.getConnection()) {
            String product = connection.getMetaData().getDatabaseProductName();
            if (product.toLowerCase(Locale.ROOT).equals("postgresql")) {
                folders.add(SCRIPTS + "postgresql");
            }
        } catch (SQLException e) {
            throw Database.failure(e);
        }
        return folders;
    }
}
