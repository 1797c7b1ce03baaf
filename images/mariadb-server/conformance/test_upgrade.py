"""The upgrade of the system tables, after a newer server has started on the data of an older one."""
import glob
import os
import subprocess
import threading
import unittest

from server import AS_MYSQL, DATA, PASSWORD, RunningServer, bootstrap, empty_data, query

PORT = "3399"


def upgrade(password=PASSWORD, port=PORT):
    """The job by itself: how it is started is the contract of the base image."""
    environment = {"PATH": os.environ["PATH"], "KOLLA_UPGRADE": "", "DB_HOST": "127.0.0.1", "DB_PORT": port, "DB_ROOT_PASSWORD": password}
    return subprocess.run([*AS_MYSQL, "bash", "-ec", ". kolla_extend_start; echo the service"], env=environment, capture_output=True,
                          text=True, check=False)


class Arguments:
    """Everything that stands in a command line of this container, as long as it is looked at."""

    def __enter__(self):
        self.seen = set()
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.look)
        self.thread.start()
        return self

    def look(self):
        while not self.over.wait(0.005):
            for path in glob.glob("/proc/[0-9]*/cmdline"):
                try:
                    with open(path, "rb") as file:
                        self.seen.add(file.read().decode(errors="replace"))
                except OSError:
                    pass  # it has ended

    def __exit__(self, *error):
        self.over.set()
        self.thread.join()


class UpgradeTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        empty_data()
        bootstrap()
        server = RunningServer("--bind-address=127.0.0.1", f"--port={PORT}", "--log-bin=binlog")
        cls.enterClassContext(server)

    def setUp(self):
        # The data of an older server: it noted its version, and knew fewer tables.
        for path in glob.glob(f"{DATA}/*_upgrade_info"):
            os.remove(path)
        query("set sql_log_bin = 0; drop table if exists mysql.servers", PASSWORD)

    def tables(self):
        return query("select count(*) from information_schema.tables where table_schema = 'mysql' and table_name = 'servers'", PASSWORD).stdout

    def test_makes_what_is_missing_for_this_node_alone(self):
        before = query("show master status", PASSWORD).stdout
        with Arguments() as arguments:
            done = upgrade()
        self.assertEqual(done.returncode, 0, done.stderr + done.stdout)
        self.assertNotIn("the service", done.stdout)
        self.assertEqual(self.tables(), "1\n")
        self.assertEqual(query("show master status", PASSWORD).stdout, before, "the upgrade was written to the binary log")
        self.assertTrue([line for line in arguments.seen if "mariadb-upgrade" in line], arguments.seen)
        self.assertEqual([line for line in arguments.seen if PASSWORD in line], [])
        self.assertNotIn(PASSWORD, done.stdout + done.stderr)

    def test_does_nothing_the_second_time(self):
        upgrade()
        query("set sql_log_bin = 0; drop table mysql.servers", PASSWORD)
        done = upgrade()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.tables(), "0\n", "it went through all tables again: " + done.stdout)

    def test_fails_when_it_cannot_get_in(self):
        self.assertNotEqual(upgrade(password="another").returncode, 0)
        self.assertNotEqual(upgrade(port="1").returncode, 0)
