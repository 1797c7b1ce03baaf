"""When a node may be used, and what a load balancer is told."""
import http.client
import http.server
import importlib.machinery
import importlib.util
import os
import subprocess
import threading
import unittest

PROGRAM = "/usr/bin/clustercheck"


def load():
    loader = importlib.machinery.SourceFileLoader("clustercheck", PROGRAM)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("clustercheck", loader))
    loader.exec_module(module)
    return module


clustercheck = load()


def status(state, comment, ready="ON"):
    return {"wsrep_local_state": state, "wsrep_local_state_comment": comment, "wsrep_ready": ready}


class VerdictTest(unittest.TestCase):
    def test_only_a_ready_and_synced_node_may_be_used(self):
        for seen, usable in ((status("4", "Synced"), True), (status("4", "Synced", "OFF"), False), (status("2", "Donor/Desynced"), False),
                             (status("1", "Joining"), False), (status("3", "Joined"), False), (status("0", "Initialized", "OFF"), False),
                             ({}, False)):
            with self.subTest(seen):
                self.assertEqual(clustercheck.verdict(seen, donor_allowed=False)[0], usable)

    def test_a_donor_may_be_used_where_that_is_allowed(self):
        self.assertTrue(clustercheck.verdict(status("2", "Donor/Desynced"), donor_allowed=True)[0])
        self.assertFalse(clustercheck.verdict(status("2", "Donor/Desynced", "OFF"), donor_allowed=True)[0])
        self.assertFalse(clustercheck.verdict(status("3", "Joined"), donor_allowed=True)[0])

    def test_says_why(self):
        self.assertIn("Joining", clustercheck.verdict(status("1", "Joining"), donor_allowed=False)[1])
        self.assertIn("wsrep_ready is OFF", clustercheck.verdict(status("4", "Synced", "OFF"), donor_allowed=False)[1])


class StubServer(clustercheck.Server):
    """A server whose status the test sets; an exception stands for one that does not answer."""

    def __init__(self):
        super().__init__(clustercheck.Settings())
        self.now = status("4", "Synced")
        self.times_asked = 0

    def status(self):
        self.times_asked += 1
        if isinstance(self.now, Exception):
            raise self.now
        return self.now


class AnswerTest(unittest.TestCase):
    def setUp(self):
        self.server = StubServer()
        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), clustercheck.handler(self.server))
        self.addCleanup(self.http.server_close)
        self.addCleanup(self.http.shutdown)
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def ask(self, method="GET"):
        connection = http.client.HTTPConnection("127.0.0.1", self.http.server_port, timeout=5)
        self.addCleanup(connection.close)
        connection.request(method, "/")
        answer = connection.getresponse()
        return answer.status, answer.read().decode()

    def become(self, status_or_error):
        self.server.now = status_or_error
        self.server.asked = float("-inf")

    def test_200_for_a_synced_node_and_503_with_the_reason_otherwise(self):
        self.assertEqual(self.ask()[0], 200)
        self.become(status("2", "Donor/Desynced"))
        code, body = self.ask()
        self.assertEqual(code, 503)
        self.assertIn("Donor", body)

    def test_503_when_the_server_does_not_answer(self):
        self.become(OSError("connection refused"))
        code, body = self.ask()
        self.assertEqual(code, 503)
        self.assertIn("connection refused", body)

    def test_answers_the_methods_that_load_balancers_use(self):
        for method in ("GET", "HEAD", "OPTIONS"):
            with self.subTest(method):
                self.assertEqual(self.ask(method)[0], 200)

    def test_asks_the_server_once_a_second_however_many_ask(self):
        for _ in range(20):
            self.ask()
        self.assertLessEqual(self.server.times_asked, 2)


class OnceTest(unittest.TestCase):
    def test_writes_one_http_answer_for_a_socket_server(self):
        done = subprocess.run([PROGRAM], env={**os.environ, "MYSQL_HOST": "127.0.0.1", "MYSQL_PORT": "1"}, capture_output=True,
                              text=True, timeout=20, check=False)
        self.assertTrue(done.stdout.startswith("HTTP/1.1 503 "), done.stdout)
        self.assertIn("does not answer", done.stdout)
