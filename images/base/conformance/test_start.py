"""kolla_start: configuration first, then the image's preparation, then the service in its place."""
import os
import pwd
import signal
import subprocess
import time

from contract import ContractTest

EXTEND_START = "/usr/local/bin/kolla_extend_start"


class StartTest(ContractTest):
    def setUp(self):
        super().setUp()
        with open(EXTEND_START, encoding="utf-8") as file:
            self.extend_start = file.read()
        os.chmod("/tmp/target", 0o777)

    def tearDown(self):
        self.write(EXTEND_START, self.extend_start, 0o755)
        super().tearDown()

    def start(self, user=None, **variables):
        command = ["kolla_start"] if user is None else ["setpriv", "--reuid", user, "--regid", user, "--init-groups", "kolla_start"]
        environment = {"PATH": os.environ["PATH"], "KOLLA_CONFIG_STRATEGY": "COPY_ALWAYS", **variables}
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30, check=False)

    def test_lays_out_and_runs_the_command(self):
        self.source("a", "from the configuration")
        self.config(command=f"/bin/cat {self.target('a')}", config_files=[self.entry("a", self.target("a"))])
        done = self.start()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("from the configuration", done.stdout)

    def test_ends_with_the_exit_code_of_the_service(self):
        self.config(command="/bin/sh -c 'exit 7'")
        self.assertEqual(self.start().returncode, 7)

    def test_keeps_quoted_words_together(self):
        self.config(command="/usr/bin/printf '<%s>' \"two words\" three")
        self.assertIn("<two words><three>", self.start().stdout)

    def test_does_not_run_the_service_when_the_configuration_is_wrong(self):
        self.config(command="/usr/bin/touch " + self.target("ran"), config_files=[self.entry("absent", self.target("a"))])
        self.assertNotEqual(self.start().returncode, 0)
        self.assert_missing(self.target("ran"))

    def test_lets_an_unprivileged_service_lay_out_its_configuration(self):
        self.source("a", "secret", 0o600)
        self.config(command="/bin/sh -c 'id -un; cat " + self.target("a") + "'",
                    config_files=[self.entry("a", self.target("a"), owner="mysql", perm="0400")])
        done = self.start(user="mysql")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("mysql\nsecret", done.stdout)

    def test_runs_jobs_in_place_of_the_service(self):
        self.write(EXTEND_START, 'if [ -n "${KOLLA_BOOTSTRAP+set}" ]; then echo the job; exit 0; fi\n', 0o755)
        self.config(command="/bin/echo the service")
        job = self.start(KOLLA_BOOTSTRAP="").stdout
        self.assertIn("the job", job)
        self.assertNotIn("the service", job)
        self.assertIn("the service", self.start().stdout)

    def test_gives_the_service_the_arguments_that_the_preparation_set(self):
        self.write(EXTEND_START, "ARGS='--one --two'\n", 0o755)
        self.config(command="/bin/echo the service")
        self.assertIn("the service --one --two", self.start().stdout.splitlines()[-1])

    def test_can_skip_the_preparation(self):
        self.write(EXTEND_START, "echo prepared\n", 0o755)
        self.config()
        self.assertIn("prepared", self.start().stdout)
        self.assertNotIn("prepared", self.start(KOLLA_SKIP_EXTEND_START="").stdout)

    def test_becomes_the_service_so_that_signals_reach_it(self):
        ready = self.target("ready")
        self.config(command=f"/bin/sh -c 'trap \"exit 3\" TERM; touch {ready}; while :; do sleep 0.1; done'")
        service = subprocess.Popen(["kolla_start"], env={"PATH": os.environ["PATH"], "KOLLA_CONFIG_STRATEGY": "COPY_ALWAYS"},
                                   stdout=subprocess.DEVNULL)
        limit = time.monotonic() + 20
        while not os.path.exists(ready):
            self.assertLess(time.monotonic(), limit, "the service did not start")
            time.sleep(0.05)
        service.send_signal(signal.SIGTERM)
        self.assertEqual(service.wait(timeout=10), 3)

    def test_trusts_the_authorities_that_the_deployment_brings(self):
        folder = "/var/lib/kolla/share/ca-certificates"
        os.makedirs(folder)
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1",
                        "-subj", "/CN=Lab authority", "-keyout", "/dev/null", "-out", folder + "/lab.pem"],
                       capture_output=True, check=True)
        self.config(command=f"/usr/bin/openssl verify {folder}/lab.pem")
        self.assertIn("OK", self.start().stdout)


class AccountsTest(ContractTest):
    def test_accounts_have_the_fixed_ids_of_kolla(self):
        for name, number in {"kolla": 42400, "keystone": 42425, "mysql": 42434, "rabbitmq": 42439, "haproxy": 42454,
                             "memcached": 42457}.items():
            with self.subTest(name):
                account = pwd.getpwnam(name)
                self.assertEqual((account.pw_uid, account.pw_gid), (number, number))

    def test_every_service_may_make_its_log_folder(self):
        for name in ("keystone", "mysql", "rabbitmq", "haproxy", "memcached"):
            with self.subTest(name):
                subprocess.run(["setpriv", "--reuid", name, "--regid", name, "--init-groups", "mkdir", f"/var/log/kolla/{name}"],
                               check=True)
