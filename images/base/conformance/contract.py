"""A container's view of the contract: its config.json, what kolla_set_configs makes of it, and what it leaves behind."""
import grp
import json
import os
import pwd
import shutil
import stat
import subprocess
import unittest

CONFIG_FILES = "/var/lib/kolla/config_files"
TARGET = "/tmp/target"


class ContractTest(unittest.TestCase):
    def setUp(self):
        self.forget()
        os.makedirs(CONFIG_FILES, exist_ok=True)
        os.makedirs(TARGET)
        os.chmod(TARGET, 0o755)

    def tearDown(self):
        self.forget()

    def forget(self):
        for path in ("/run_command", "/configured", "/etc/kolla/defaults", TARGET):
            if os.path.isdir(path):
                shutil.rmtree(path)
            elif os.path.lexists(path):
                os.remove(path)
        if os.path.isdir(CONFIG_FILES):
            for name in os.listdir(CONFIG_FILES):
                path = os.path.join(CONFIG_FILES, name)
                shutil.rmtree(path) if os.path.isdir(path) else os.remove(path)

    def source(self, name, text="text\n", mode=0o600):
        path = os.path.join(CONFIG_FILES, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return self.write(path, text, mode)

    def write(self, path, text="text\n", mode=0o644):
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(path, mode)
        return path

    def target(self, name):
        return os.path.join(TARGET, name)

    def config(self, **keys):
        keys.setdefault("command", "/bin/true")
        self.source("config.json", json.dumps(keys))

    def entry(self, source, dest, **keys):
        """An entry of config_files; owner root and mode 0600 unless given, a key given as None is left out."""
        keys = {"source": os.path.join(CONFIG_FILES, source), "dest": dest, "owner": "root", "perm": "0600", **keys}
        return {key: value for key, value in keys.items() if value is not None}

    def run_set_configs(self, *arguments, strategy="COPY_ALWAYS"):
        environment = dict(os.environ)
        environment.pop("KOLLA_CONFIG_STRATEGY", None)
        if strategy is not None:
            environment["KOLLA_CONFIG_STRATEGY"] = strategy
        return subprocess.run(["kolla_set_configs", *arguments], env=environment, capture_output=True, text=True, check=False)

    def lay_out(self, **keys):
        """Writes config.json when keys are given, lays it out, and expects that to work."""
        if keys:
            self.config(**keys)
        done = self.run_set_configs()
        self.assertEqual(done.returncode, 0, done.stderr)

    def refused(self, *words, strategy="COPY_ALWAYS"):
        """Expects an error that names the words."""
        done = self.run_set_configs(strategy=strategy)
        self.assertNotEqual(done.returncode, 0, done.stdout)
        for word in words:
            self.assertIn(word, done.stderr + done.stdout)

    def check(self):
        return self.run_set_configs("--check", strategy=None).returncode

    def assert_text(self, path, text):
        with open(path, encoding="utf-8") as file:
            self.assertEqual(file.read(), text)

    def assert_owned(self, path, owner, mode):
        seen = os.stat(path)
        user, _, group = owner.partition(":")
        group = group or grp.getgrgid(pwd.getpwnam(user).pw_gid).gr_name
        found = (pwd.getpwuid(seen.st_uid).pw_name, grp.getgrgid(seen.st_gid).gr_name, oct(stat.S_IMODE(seen.st_mode)))
        self.assertEqual(found, (user, group, oct(mode)))

    def assert_missing(self, path):
        self.assertFalse(os.path.lexists(path), f"{path} should not be there")
