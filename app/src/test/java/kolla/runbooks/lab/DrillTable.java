package kolla.runbooks.lab;

import java.util.List;

/** A table on the lab's database, and a client on its host that writes to it until it is told. */
final class DrillTable {

    private final LabCluster cluster;

    DrillTable(LabCluster cluster) {
        this.cluster = cluster;
    }

    /** Empty but for some megabytes that no compressor makes smaller, so that a copy takes time. */
    void make(int megabytes) {
        sql("ctl1", "DROP DATABASE IF EXISTS drill; CREATE DATABASE drill");
        sql("ctl1", "CREATE TABLE drill.go (go INT); INSERT INTO drill.go VALUES (0)");
        sql("ctl1", "CREATE TABLE drill.t (id BIGINT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(20))");
        sql("ctl1", "CREATE TABLE drill.bulk (id BIGINT AUTO_INCREMENT PRIMARY KEY, b LONGBLOB)");
        sql(
                "ctl1",
                "USE drill; INSERT INTO bulk (b) SELECT CONCAT(RANDOM_BYTES(1024),"
                        + " RANDOM_BYTES(1024)) FROM seq_1_to_"
                        + megabytes * 512);
    }

    void add(String value, int rows) {
        sql("ctl1", "USE drill; INSERT INTO t (v) SELECT '" + value + "' FROM seq_1_to_" + rows);
    }

    /** Every insert is a transaction of its own. */
    void beginWriting() {
        sql("ctl1", "UPDATE drill.go SET go = 1");
        cluster.on(
                "ctl1",
                "docker exec -d -e MYSQL_PWD="
                        + cluster.password("database_password")
                        // the client would cut the block at its semicolons
                        + " mariadb mariadb -uroot --delimiter=// drill -e \"BEGIN NOT ATOMIC"
                        + " WHILE (SELECT go FROM go) = 1 DO INSERT INTO t (v) VALUES ('running');"
                        + " DO SLEEP(0.005); END WHILE; END//\"");
    }

    void endWriting() {
        sql("ctl1", "UPDATE drill.go SET go = 0");
    }

    long rows(String host, String value) {
        return Long.parseLong(
                sql(host, "SELECT COUNT(*) FROM drill.t WHERE v = '" + value + "'").strip());
    }

    /** What the node of this host says. */
    String sql(String host, String statements) {
        return cluster.on(
                host,
                "docker exec -e MYSQL_PWD="
                        + cluster.password("database_password")
                        + " mariadb mariadb -uroot -BN -e \""
                        + statements
                        + "\"");
    }

    /** State and wsrep_desync of each node. */
    List<String> flowControl() {
        return LabCluster.HOSTS.stream()
                .map(
                        h ->
                                sql(
                                                h,
                                                "SHOW STATUS LIKE 'wsrep_local_state_comment';"
                                                        + " SELECT @@wsrep_desync")
                                        .replaceAll("\\s+", " ")
                                        .strip())
                .toList();
    }
}
