"""The health checks that every image brings in /usr/local/bin."""
import http.server
import os
import socket
import subprocess
import threading
import time

from contract import ContractTest


class HealthchecksTest(ContractTest):
    def healthy(self, *command):
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    def listener(self):
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)
        return listener, str(listener.getsockname()[1])

    def test_listen_wants_that_process_on_that_port(self):
        listener, port = self.listener()
        self.assertTrue(self.healthy("healthcheck_listen", "unittest", port))
        self.assertFalse(self.healthy("healthcheck_listen", "another-process", port))
        listener.close()
        self.assertFalse(self.healthy("healthcheck_listen", "unittest", port))

    def test_port_wants_a_connection_of_that_process(self):
        listener, port = self.listener()
        self.assertFalse(self.healthy("healthcheck_port", "unittest", port))
        client = socket.create_connection(listener.getsockname())
        self.addCleanup(client.close)
        self.assertTrue(self.healthy("healthcheck_port", "unittest", port))
        self.assertTrue(self.healthy("healthcheck_port", "unittest", "1," + port))
        self.assertFalse(self.healthy("healthcheck_port", "another-process", port))

    def test_socket_wants_that_process_on_that_socket(self):
        path = self.target("service.sock")
        listener = socket.socket(socket.AF_UNIX)
        self.addCleanup(listener.close)
        listener.bind(path)
        listener.listen()
        self.assertTrue(self.healthy("healthcheck_socket", "unittest", path))
        self.assertFalse(self.healthy("healthcheck_socket", "unittest", path + ".other"))

    def test_filemod_wants_a_file_that_is_young(self):
        path = self.write(self.target("a"))
        self.assertTrue(self.healthy("healthcheck_filemod", path, "60"))
        old = time.time() - 120
        os.utime(path, (old, old))
        self.assertFalse(self.healthy("healthcheck_filemod", path, "60"))
        self.assertFalse(self.healthy("healthcheck_filemod", path + ".absent", "60"))

    def test_curl_wants_an_answer_without_an_error(self):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(int(self.path[1:]))
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *arguments):
                pass

        server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        self.assertTrue(self.healthy("healthcheck_curl", address + "/200"))
        self.assertTrue(self.healthy("healthcheck_curl", address + "/300"))
        self.assertFalse(self.healthy("healthcheck_curl", address + "/503"))
        self.assertFalse(self.healthy("healthcheck_curl", "http://127.0.0.1:1/"))
