"""The jobs that change the database's schema: what an upgrade does before the first new server starts, and what after the last."""
import json
import os
import subprocess
import unittest

CONFIG_FILES = "/var/lib/kolla/config_files"
AS_KEYSTONE = ["setpriv", "--reuid", "keystone", "--regid", "keystone", "--init-groups"]
# What keystone-manage db_sync --check ends with, by its manual.
DONE, CONTRACT_IS_MISSING = 0, 4


def job(variable):
    environment = {"PATH": os.environ["PATH"], "KOLLA_CONFIG_STRATEGY": "COPY_ALWAYS", variable: ""}
    return subprocess.run(["kolla_start"], env=environment, capture_output=True, text=True, check=False)


def missing():
    return subprocess.run([*AS_KEYSTONE, "keystone-manage", "db_sync", "--check"], capture_output=True, check=False).returncode


class SchemaTest(unittest.TestCase):
    def configure(self, database):
        with open("/etc/keystone/keystone.conf", "w", encoding="utf-8") as file:
            file.write(f"[database]\nconnection = sqlite:///{database}\n")
        os.makedirs(CONFIG_FILES, exist_ok=True)
        with open(f"{CONFIG_FILES}/config.json", "w", encoding="utf-8") as file:
            json.dump({"command": "/bin/echo the service"}, file)

    def test_an_upgrade_only_adds_until_it_is_finished(self):
        self.configure("/tmp/keystone.db")
        for variable, then in (("KOLLA_UPGRADE", CONTRACT_IS_MISSING), ("KOLLA_FINISH_UPGRADE", DONE)):
            with self.subTest(variable):
                done = job(variable)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertNotIn("the service", done.stdout)
                self.assertEqual(missing(), then)

    def test_a_job_that_fails_says_so(self):
        self.configure("/nowhere/keystone.db")
        self.assertNotEqual(job("KOLLA_UPGRADE").returncode, 0)
