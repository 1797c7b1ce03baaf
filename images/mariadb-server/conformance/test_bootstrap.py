"""The bootstrap of a data directory: complete or not at all, and never over data that is there."""
import os
import shutil
import unittest

from server import DATA, PASSWORD, RunningServer, bootstrap, empty_data, query


class BootstrapTest(unittest.TestCase):
    def setUp(self):
        empty_data()

    def test_makes_root_and_nobody_else_who_may_do_anything(self):
        done = bootstrap()
        self.assertEqual(done.returncode, 0, done.stderr)
        with RunningServer():
            accounts = query("select concat(user, '@', host) from mysql.user where user <> 'mariadb.sys' order by 1", PASSWORD)
            self.assertEqual(accounts.stdout.split(), ["mysql@localhost", "root@%", "root@localhost"])
            self.assertNotEqual(query("select 1").returncode, 0, "root without a password")
            self.assertNotEqual(query("select * from mysql.user", user="mysql").returncode, 0, "the health check's account may look in")
            self.assertEqual(query("select count(*) from information_schema.schemata where schema_name = 'test'", PASSWORD).stdout, "0\n")

    def test_does_nothing_the_second_time(self):
        bootstrap()
        with RunningServer():
            query("create database precious", PASSWORD)
        done = bootstrap("another password")
        self.assertEqual(done.returncode, 0, done.stderr)
        with RunningServer():
            self.assertIn("precious", query("show databases", PASSWORD).stdout)

    def test_leaves_data_alone_that_it_did_not_make(self):
        precious = os.path.join(DATA, "ibdata1")
        with open(precious, "w", encoding="utf-8") as file:
            file.write("precious")
        done = bootstrap()
        self.assertNotEqual(done.returncode, 0)
        self.assertIn(DATA, done.stderr)
        self.assertEqual(os.listdir(DATA), ["ibdata1"])

    def test_begins_anew_where_an_earlier_bootstrap_was_interrupted(self):
        for name in ("bootstrap.begun", "ibdata1"):
            path = os.path.join(DATA, name)
            with open(path, "w", encoding="utf-8") as file:
                file.write("half")
            shutil.chown(path, "mysql")
        done = bootstrap()
        self.assertEqual(done.returncode, 0, done.stderr)
        with RunningServer():
            self.assertEqual(query("select 1", PASSWORD).stdout, "1\n")

    def test_refuses_to_make_a_root_without_a_password(self):
        done = bootstrap(None)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("DB_ROOT_PASSWORD", done.stderr)
        self.assertEqual(os.listdir(DATA), [])

    def test_tells_the_password_to_nobody(self):
        done = bootstrap()
        self.assertNotIn(PASSWORD, done.stdout + done.stderr)
