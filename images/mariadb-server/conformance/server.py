"""A data directory, the bootstrap, and a server on it."""
import os
import shutil
import subprocess
import time

DATA = "/var/lib/mysql"
SOCKET = "/run/mysqld/test.sock"
PASSWORD = "it's a \"secret\" \\ of 1 $HOME"
AS_MYSQL = ["setpriv", "--reuid", "mysql", "--regid", "mysql", "--init-groups"]


def empty_data():
    for name in os.listdir(DATA):
        path = os.path.join(DATA, name)
        shutil.rmtree(path) if os.path.isdir(path) else os.remove(path)


def bootstrap(password=PASSWORD):
    environment = {"PATH": os.environ["PATH"], "DB_MAX_TIMEOUT": "120"}
    if password is not None:
        environment["DB_ROOT_PASSWORD"] = password
    return subprocess.run([*AS_MYSQL, "kolla_mariadb_bootstrap"], env=environment, capture_output=True, text=True, check=False)


def query(sql, password=None, user="root"):
    """What the server answers to the user, who comes over the socket; the lines of its answer, or the error."""
    environment = {"PATH": os.environ["PATH"], **({"MYSQL_PWD": password} if password else {})}
    return subprocess.run([*AS_MYSQL, "mariadb", "--no-defaults", "--socket", SOCKET, "--user", user, "-BNe", sql], env=environment,
                          capture_output=True, text=True, check=False)


class RunningServer:
    def __init__(self, *options):
        self.options = options or ("--skip-networking",)

    def __enter__(self):
        self.process = subprocess.Popen(
            [*AS_MYSQL, "mariadbd", "--no-defaults", "--datadir", DATA, "--socket", SOCKET, *self.options],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        limit = time.monotonic() + 60
        while query("select 1", PASSWORD).returncode != 0:
            if time.monotonic() > limit or self.process.poll() is not None:
                raise AssertionError("the server does not start: " + query("select 1", PASSWORD).stderr)
            time.sleep(0.2)
        return self

    def __exit__(self, *error):
        self.process.terminate()
        self.process.wait(timeout=60)
